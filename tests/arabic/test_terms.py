from __future__ import annotations

from mujaz.arabic import find_names
from mujaz.arabic.terms import find_terms


def pairs(text: str) -> dict[str, str]:
    return {term.surface: term.english for term in find_terms(text, find_names(text))}


def test_finds_terms_behind_particles_and_slices_to_the_surface() -> None:
    text = "وبلغت حصة الطاقات المتجددة 40 في المئة"
    terms = find_terms(text)
    assert [text[t.start : t.end] for t in terms] == [t.surface for t in terms]
    assert pairs(text)["الطاقات المتجددة"] == "renewable energies"


def test_the_longest_term_wins() -> None:
    found = pairs("أعلنوا توليد الطاقة المتجددة")
    assert "المتجددة" not in found
    assert found["الطاقة المتجددة"] == "renewable energy"


def test_leaves_out_what_touches_a_name() -> None:
    text = "قال وزير الطاقة السعودي إن بلاده مسلمة"
    names = find_names(text)
    for term in find_terms(text, names):
        assert all(term.end <= n.start or n.end <= term.start for n in names)


def test_a_text_without_terms_gives_none() -> None:
    assert find_terms("") == []
    assert find_terms("Reuters 2024") == []
