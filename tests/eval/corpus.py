"""A small corpus of our own: references in two languages, and two systems of different skill."""

from __future__ import annotations

from pathlib import Path

from mujaz.eval.metric import Segments

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"

REFERENCES = (
    "The minister opened a new bridge over the river on Tuesday, after four years of work.",
    "Farmers in the south have asked the government for water since the spring.",
    "“We will finish the road before winter,” the mayor told reporters in Fez.",
    "Oil rose by 3.5% to $82.10 a barrel; analysts expect more.",
    "The two presidents met in Baku and signed six agreements on trade and transport.",
    "Schools close on Thursday because of the storm, the ministry said.",
    "Doctors at the children's hospital treated 140 patients in one night.",
    "The team lost its first match at home, but its coach was calm.",
    "A court in Tunis put off the case until 12 March.",
    "No one was hurt when the ferry ran aground near the island.",
    "Prices of bread and flour fell for the third month in a row.",
    "The library will lend electronic books to readers in every province.",
)
GOOD = (
    "The minister opened a new bridge over the river on Tuesday after four years of work.",
    "Farmers in the south have been asking the government for water since spring.",
    "“We will finish the road before the winter,” the mayor told journalists in Fez.",
    "Oil rose by 3.5% to $82.10 a barrel, and analysts expect more.",
    "The two presidents met in Baku and signed six deals on trade and transport.",
    "Schools will close on Thursday because of the storm, said the ministry.",
    "Doctors at the children's hospital treated 140 patients in one night.",
    "The team lost its first home match, but its coach was calm.",
    "A court in Tunis postponed the case until 12 March.",
    "No one was hurt when the ferry ran aground near the island.",
    "The prices of bread and flour fell for a third month in a row.",
    "The library will lend electronic books to readers in all provinces.",
)
POOR = (
    "Minister opening bridge new on the river Tuesday after work four years.",
    "The farmers at south demand of the government the water from spring.",
    "We finish the way before winter, told the mayor to the press.",
    "The oil increased 3.5% until 82.10 dollar for barrel and more is expected.",
    "Both presidents meet at Baku and sign on six agreements in the trade.",
    "Closing of schools Thursday by reason of storm, ministry said.",
    "The doctors in hospital of the children treated 140 sick at a night.",
    "The team has lost the first match on its ground and the trainer calm.",
    "Court of Tunis delays the case to 12 March.",
    "Nobody is hurt as the ferry went on ground close to the island.",
    "The bread and the flour prices went down the third month.",
    "The library lends books electronic for the readers of each province.",
)
ARABIC = (
    "افتتح الوزير جسرا جديدا فوق النهر يوم الثلاثاء، بعد أربعة أعوام من العمل.",
    "طلب المزارعون في الجنوب الماء من الحكومة منذ الربيع؛ ولم يصل شيء.",
    "هل تنتهي الطريق قبل الشتاء؟ قال العمدة «نعم».",
    "ارتفع النفط بنسبة ٣٫٥٪ وبلغ ٨٢ دولارا للبرميل.",
    "التقى الرئيسان في باكو ووقعا ست اتفاقيات في التجارة والنقل.",
    "تغلق المدارس يوم الخميس بسبب العاصفة، حسب الوزارة.",
)
ARABIC_OUTPUTS = (
    "افتتح الوزير جسرا جديدا فوق النهر يوم الثلاثاء بعد أربعة أعوام من العمل.",
    "طالب المزارعون في الجنوب الحكومة بالماء منذ الربيع؛ ولم يصل شيء.",
    "هل تنتهي الطريق قبل الشتاء؟ أجاب العمدة «نعم».",
    "ارتفع النفط بنسبة ٣٫٥٪ ليبلغ ٨٢ دولارا للبرميل.",
    "التقى الرئيسان في باكو ووقعا ست اتفاقيات في مجال التجارة والنقل.",
    "ستغلق المدارس يوم الخميس بسبب العاصفة، حسب الوزارة.",
)


def segments(
    hypotheses: tuple[str, ...] = GOOD,
    *references: tuple[str, ...],
    sources: tuple[str, ...] = (),
) -> Segments:
    """Return outputs against one or several sets of references (ours when none is given)."""
    sets = references or (REFERENCES,)
    return Segments(
        ids=tuple(str(number + 1) for number in range(len(hypotheses))),
        hypotheses=hypotheses,
        references=tuple(zip(*sets, strict=True)),
        sources=sources,
    )


ARABIC_SEGMENTS = segments(ARABIC_OUTPUTS, ARABIC)
