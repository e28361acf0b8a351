from mujaz.arabic.glossary import glossary_of, make_glossary
from mujaz.arabic.glossary_entry import GlossaryEntry
from mujaz.arabic.glossary_report import Matcher, clashes, unfindable


def entry(arabic, english, line, origin="g.tsv"):
    return GlossaryEntry((arabic,), (english,), origin, line)


def test_matches_say_where_and_by_which_entry():
    entries = [entry("كتيبة", "battalion", 1), entry("النورس", "Al-Nawras", 2)]
    matcher = Matcher(glossary_of(entries))
    text = "قال للنورس\nإن كتيبتيه وصلتا"
    found = list(matcher.matches(text, "news.txt"))
    assert [(m.line, m.column, m.surface, m.english, m.entry.line) for m in found] == [
        (1, 6, "لنورس", "Al-Nawras", 2),
        (2, 4, "كتيبتيه", "battalions", 1),
    ]
    assert {m.origin for m in found} == {"news.txt"}


def test_a_longer_name_of_the_tables_has_the_place():
    matcher = Matcher(make_glossary([("الأمن", "security")]))
    (match,) = matcher.matches("اجتمع مجلس الأمن")
    assert (match.surface, match.inside) == ("الأمن", "مجلس الأمن")


def test_clashes():
    entries = [
        entry("النورس", "Nawras", 4, "user.tsv"),
        entry("النورس", "Gull", 1),
        entry("الدلفين", "Dolphin", 2),
        entry("النَّورس", "Seagull", 3),
        entry("الدلفين", "Dolphin", 5),
    ]
    found = clashes(entries)
    assert [(c.kind, c.loser.line, c.winner.line) for c in found] == [
        ("override", 4, 3),
        ("conflict", 1, 3),
        ("duplicate", 2, 5),
    ]
    assert clashes([GlossaryEntry(("نورس", "نَورس"), ("gull",))]) == []


def test_what_no_text_can_match():
    entries = [entry("فيروس C", "virus C", 1), entry("النورس", "Gull", 2)]
    assert [(e.line, form) for e, form in unfindable(entries)] == [(1, "فيروس C")]
