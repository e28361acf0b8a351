"""Arabic numbers against English ones, by value."""

import random
from pathlib import Path

import pytest

from mujaz.arabic.english_numbers import find_english_numbers
from mujaz.arabic.number_match import NumberMatch, match_numbers
from mujaz.arabic.numbers import find_numbers


def match(arabic: str, english: str) -> NumberMatch:
    return match_numbers(find_numbers(arabic), find_english_numbers(english))


AGREE = [
    ("1.5 مليون شخص", "1,500,000 people"),
    ("مليون ونصف المليون", "1.5 million"),
    ("نصف مليون شخص", "nearly half a million people"),
    ("اثني عشر رجلا", "a dozen men"),
    ("قبل يومين", "two days ago"),
    ("قبل يومين", "2 days ago"),
    ("قبل أيام", "two days ago"),
    ("كتاب جديد", "one new book"),
    ("للمرة الثانية", "once again"),
    ("مرتين", "twice"),
    ("الفريقان", "both teams"),
    ("مئات القتلى", "hundreds of dead"),
    ("عشرات الجرحى", "dozens of wounded"),
    ("عشرات الآلاف", "tens of thousands"),
    ("عدة آلاف", "several thousand"),
    ("الساعة الثامنة والنصف مساء", "at 8:30 pm"),
    ("الساعة الثامنة والنصف مساء", "at 20:30"),
    ("الساعة الثامنة", "at 8 o'clock"),
    ("الساعة 11", "at 11"),
    ("يناير/ كانون الثاني 2020", "January 2020"),
    ("الخامس من أغسطس/ آب", "5 August"),
    ("التسعينيات", "the 1990s"),
    ("ثلاثينيات القرن التاسع عشر", "the 1830s"),
    ("القرن التاسع عشر", "the 1800s"),
    ("فاز 3-1", "won 3-1"),
    ("فاز 3-1", "beat them by three goals to one"),
    ("بين 5 و10", "between five and ten"),
    ("بين 3 و5 ملايين دولار", "$3-5 million"),
    ("50 بالمئة", "half"),
    ("ثلث السكان", "a third of the people"),
    ("ربعهم وخمسهم", "a quarter and a fifth"),
    ("منذ عقدين", "for 20 years"),
    ("نصف قرن", "half a century"),
    ("قرنين", "200 years"),
    ("لويس السادس عشر", "Louis XVI"),
    ("مجموعة العشرين", "the G20"),
    ("كوفيد-19", "the coronavirus"),
    ("بلغ 1.500 شخص", "1,500 people"),
    ("20 دينارا", "20 Jordanian dinars"),
    ("17 رطلا", "17 pounds"),
    ("100 دولار", "100"),
    ("في عام 2019. ثم عاد", "In 2019. In 2019 he came back"),
    ("محرك ثلاثي", "an engine"),
    ("من 2010 إلى 2015", "from 2010 to 2015"),
    ("لكل 000 100 نسمة", "per 100,000 people"),
    ("11 سبتمبر", "9/11"),
]


@pytest.mark.parametrize(("arabic", "english"), AGREE)
def test_agree(arabic: str, english: str) -> None:
    found = match(arabic, english)
    assert found.agrees, (found.missing, found.added)


DIFFER = [
    ("1.5 مليون شخص", "1.5 billion people", 1, 1),
    ("خمسة قتلى", "six dead", 1, 1),
    ("خمسة قتلى", "some dead", 1, 0),
    ("بعض القتلى", "five dead", 0, 1),
    ("ثلاثة قتلى", "two dead", 1, 0),
    ("50 بالمئة", "50 people", 1, 1),
    ("50 دولارا", "50 euros", 1, 1),
    ("50 دينارا كويتيا", "50 Jordanian dinars", 1, 1),
    ("5 كيلومترات", "5 miles", 1, 1),
    ("ثلاثة أيام", "three weeks", 1, 1),
    ("5 يناير", "5 February", 1, 1),
    ("5 يناير 2019", "5 January 2018", 1, 1),
    ("الساعة 8 صباحا", "at 8 pm", 1, 1),
    ("مئات القتلى", "thousands of dead", 1, 1),
    ("السبعينيات", "the 1980s", 1, 1),
    ("القرن الخامس عشر", "the 16th century", 1, 1),
    ("فاز 3-1", "won 3-2", 1, 1),
    ("بين 5 و10", "between 5 and 12", 1, 1),
    ("طائرة إف-16", "an F-15 jet", 1, 1),
    ("رمضان 1442", "Shawwal 1442", 1, 1),
]


@pytest.mark.parametrize(("arabic", "english", "missing", "added"), DIFFER)
def test_differ(arabic: str, english: str, missing: int, added: int) -> None:
    found = match(arabic, english)
    assert (len(found.missing), len(found.added)) == (missing, added)


def test_pairs_name_what_agrees() -> None:
    found = match("قتل 12 وجرح 40", "40 wounded and twelve dead")
    assert [(a.surface, b.surface) for a, b in found.pairs] == [("12", "twelve"), ("40", "40")]


def test_nothing_against_nothing() -> None:
    assert match("لا شيء", "nothing").agrees


def test_many_equal_numbers_are_repetitions() -> None:
    many = find_numbers(" ثم ".join(["7"] * 500))
    assert match_numbers(many, find_english_numbers("7")).agrees
    assert match_numbers(find_numbers("7"), many).agrees


FLORES = Path(__file__).parents[3] / "shared" / "data" / "flores-dev"


@pytest.mark.data
@pytest.mark.skipif(not FLORES.is_dir(), reason="../shared/data/flores-dev is absent")
@pytest.mark.parametrize("system", ["google", "microsoft"])
def test_good_translations_are_rarely_flagged_and_planted_faults_often(system: str) -> None:
    arabic = (FLORES / "source.ar").read_text(encoding="utf-8").splitlines()
    english = (FLORES / f"{system}.en").read_text(encoding="utf-8").splitlines()
    chance = random.Random(3)
    flagged = planted = caught = 0
    for source, target in zip(arabic, english, strict=True):
        flagged += not match(source, target).agrees
        digits = [i for i, c in enumerate(target) if c.isdigit() and "&#" not in target]
        if digits:
            at = chance.choice(digits)
            fault = target[:at] + str((int(target[at]) + 5) % 10) + target[at + 1 :]
            planted += 1
            caught += not match(source, fault).agrees
    assert flagged / len(arabic) < 0.02
    assert caught / planted >= 0.95
