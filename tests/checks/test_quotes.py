import pytest

from mujaz.checks import check_quotes


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("قال: «لن نرحل».", 'He said: "We will not leave.'),
        ("قال: «لن نرحل».", "He said: We will not leave.”"),
        ("قال إنه لن يرحل.", 'He said "he will not leave.'),
    ],
)
def test_a_mark_without_a_partner_is_a_warning(source, text):
    (finding,) = check_quotes(source, text)
    assert (finding.kind, finding.severity) == ("quotes", "warning")
    assert text[slice(*finding.target)] in '"”'


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("قال: «لن نرحل».", 'He said: "We will not leave."'),
        ("قال: «لن نرحل.", 'He said: "We will not leave.'),
        ("قال: «لن نرحل».", "He said that they won't leave, the '90s men."),
        ("", ""),
    ],
)
def test_pairs_and_quotations_that_run_on_are_right(source, text):
    assert check_quotes(source, text) == []
