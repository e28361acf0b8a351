"""Parts of an article that are not news: end marks, signatures, links, captions.

Only whole lines go, and end marks on the last line. A line that might be news stays.
"""

from __future__ import annotations

import re
from functools import cache

from .article import Dropped

_AGENCY = (
    r"(?:وكالات|وكالة|رويترز|[أا]\.? ?ف\.? ?ب\.?|فرانس برس|[أا]سوشيتد برس|[أا] ?ب|د ?ب ?[أا]"
    r"|[أا]لأناضول|الأناضول|الاناضول|سبوتنيك|شينخوا|واس|وام|كونا|بترا|قنا|سانا|واع|وفا|معا|مهر"
    r"|فارس|تسنيم|[إا]رنا|[إا]سنا|يونيوز|تاس|نوفوستي|سي [إا]ن [إا]ن|بي بي سي|الجزيرة(?: نت)?"
    r"|العربية(?: نت)?|سكاي نيوز(?: عربية)?|مواقع(?: [إا]لكترونية)?|صحف|متابعات"
    r"|Reuters|AFP|AP|EPA|dpa|Anadolu|Getty(?: Images)?)"
)
_AGENCIES = rf"{_AGENCY}(?:(?:\s*[+،,/\-–]\s*و?|\s+و?\s*){_AGENCY})*"
_AGAIN = "(?:أيضا|أيضاً|أيضًا|ايضا|ايضاً|ايضًا)"
# A link's text behind its label.
_LABEL = r"\s*(?:[:.…\-–|].{0,200})?"
_PLATFORM = (
    r"(?:واتس ?[اآ]ب|فيس ?بوك|تويتر|تي?لي?[غج]رام|[إا]نستغرام|يوتيوب|[جغ]و[جغ]ل نيوز"
    r"|مواقع التواصل|منصات التواصل)"
)
_OURS = r"(?:قناتنا|صفحتنا|نشرتنا|حسابنا|تطبيقنا|موقعنا|خدمتنا|قائمتنا|النشرة البريدية)"

# A line goes if one of these matches it whole. Labels are followed by a colon or nothing, and no
# pattern fits a verb with its subject, so that a report of what people read or follow stays.
_PATTERNS = (
    # Iranian and Iraqi agencies close with "finished", a desk number and initials.
    ("end", r"[/\\(\[.]*\s*[إا]نته[ىي]\s*(?:[/\\)\]]+\s*[\w.]{0,6})?"
            r"(?:[/\\\-]\s*(?:\d{1,4}\s?[ء-ي]{0,3}|\w{1,6})){0,3}"
            r"\s*[/\\.)\]]*"),
    ("end", r"[ء-ي](?:\.?[ء-ي]){0,2}\.?"
            r"(?:\s?[/\\]\s?[ء-ي\d](?:\.?[ء-ي\d]){0,3}\.?){1,3}"),
    ("end", r"#{2,}|\*{3,}|[-–—_=~•·]{3,}|(?:[*•·]\s+){2,}[*•·]"),
    ("signature", rf"[(\[]\s*{_AGENCIES}\s*[)\]]\.?|وكالات|رويترز"),
    ("signature", rf"(?:المصدر|المصادر|مصدر|Source)\s*:\s*[(\[]?\s*{_AGENCIES}\s*[)\]]?\.?"),
    ("signature", r"(?:المصدر|المصادر|مصدر)\s*:\s*(?:وكالة|صحيفة|موقع|قناة|شبكة|مجلة|مواقع|صحف)"
                  r"(?:\s[^\s.]+){1,5}\.?"),
    ("signature", r"(?:(?:[إا]عداد|ترجمة|كتابة)(?:\s+(?:وتحرير|وترجمة|التقرير))?|تحرير|تغطية صحفية)"
                  r"\s*:.{2,60}"),
    ("signature", r"\(\s*(?:[إا]عداد|تحرير|ترجمة|تغطية صحفية|شارك في التغطية)\b[^()\n]{3,160}\)"),
    ("related", r"[\W_]*(?:[إاأ]قر(?:أ|ئي|أوا|ؤوا)|شاهد(?:وا|ي)?|طالع(?:وا|ي)?|استمع(?:وا|ي)?"
                rf"|تابع(?:وا|ي)?|و?قد (?:يهمك|يعجبك)|يهمك)\s+{_AGAIN}{_LABEL}"),
    ("related", r"[\W_]*(?:مواضيع|موضوعات|أخبار|اخبار|مقالات|روابط|قصص)\s+"
                rf"(?:ذات صلة|ذات علاقة|متعلقة|مشابهة){_LABEL}"),
    ("related", r"[\W_]*(?:[إا]قرأ|للمزيد)(?:\s+(?:المزيد|من التفاصيل|من الأخبار))?\s*:.{0,200}"),
    ("share", r"(?:يمكنكم|يمكنك)\s+(?:استلام|تلقي|متابعة|الاشتراك).{0,60}"
              rf"(?:{_OURS}|إشعارات|تطبيق).{{0,160}}"),
    ("share", rf"[\W_]*(?:تابعونا|تابعنا|شاركونا)\s+(?:على|عبر|في)\b.{{0,60}}"
              rf"(?:{_PLATFORM}|{_OURS}).{{0,60}}"),
    ("share", r"[\W_]*(?:اشترك(?:وا)?|للاشتراك|انضم(?:وا)?|سجل(?:وا)?)\s"
              rf".{{0,40}}{_OURS}.{{0,80}}"),
    ("share", r"حمّ?ل(?:وا)?\s+تطبيق\b.{0,80}"),
    ("share", r"شارك|طباعة|حفظ|إرسال|نسخ الرابط|شارك (?:الخبر|المقال|هذا المقال|على فيسبوك)"),
    ("rights", r".{0,40}(?:جميع|كافة|كل) الحقوق محفوظة.{0,60}|.{0,20}حقوق النشر محفوظة.{0,60}"),
    ("rights", r"(?:©|\([cC]\) ?(?:19|20)\d\d).{0,100}"),
    ("caption", r"(?:مصدر الصورة|صاحب الصورة|التعليق على الصورة|تعليق الصورة"
                r"|Image (?:caption|copyright|source))\b.{0,160}"),
    ("caption", rf"(?:صورة|الصورة|تصوير)\s*:\s*{_AGENCIES}\.?|Getty Images|Reuters|AFP|EPA"),
    ("caption", r"[(\[]\s*(?:صورة [أا]رشيفية|صورة|الصورة|[أا]رشيف|ال[أا]رشيف|[أا]رشيفية)"
                rf"(?:\s*[:\-–]?\s*{_AGENCIES})?\s*[)\]]"),
)  # fmt: skip
# The cheapest test first: a line without any of these can be none of the above.
_HINT = re.compile(
    r"نته[ىي]|[#*\-–—_=~•·]{3}|[*•·]\s|[(\[/\\]|مصدر|مصادر|Source|تحرير|عداد|ترجمة|كتابة|تغطية|يهمك"
    r"|يعجبك|يض|صلة|علاقة|متعلقة|مشابهة|قرأ|للمزيد|يمكنك|تابع|شترك|نضم|سجل|شارك|حم|طباعة|حفظ|إرسال"
    r"|نسخ|حقوق|©|صورة|تصوير|وكالات|رويترز|Image|Getty|Reuters|AFP|EPA",
    re.IGNORECASE,
)
_LONGEST = 320
_LINE = re.compile(r"[^\n]+")
# An end mark behind the last sentence, on its line.
_TAIL = re.compile(
    r"(?<=[.!؟?…»\"”\s])\s*(?:[/\\(]\s*(?:انتهى|إنتهى|انتهي)\s*[/\\)]|(?:انتهى|إنتهى)\s*[/\\])"
    r"\s*[\w./\\\-]{0,14}\s*\Z"
)
_TAIL_AGENCY = re.compile(rf"(?<=[.!؟?…»\"”])\s*[(\[]\s*{_AGENCIES}\s*[)\]]\.?\s*\Z", re.IGNORECASE)
_LONGEST_TAIL = 60
# Under a bare "read also" stand headlines: short lines that do not end like sentences.
_HEADER = re.compile(r"[^:：]*[:：.…\-–|]?\s*\Z")
_MAX_LINK = 120
_MAX_LINKS = 6


def find_boilerplate(text: str) -> tuple[Dropped, ...]:
    """Return the parts of ``text`` that are not news, in order and without overlap.

    Kinds: ``end`` (``/انتهى/``, ``انتهى/25ع``, rows of stars), ``signature`` (``(وكالات)``,
    ``المصدر: رويترز``, editors' credits), ``related`` (``اقرأ أيضا: …`` and the headlines under
    it), ``share`` (follow, subscribe), ``rights`` and ``caption`` (photo credits).
    """
    lines = [
        (start, end)
        for match in _LINE.finditer(text)
        for start, end in [_trimmed(text, *match.span())]
        if start < end
    ]
    dropped: list[Dropped] = []
    number = 0
    while number < len(lines):
        start, end = lines[number]
        number += 1
        kind = _kind(text[start:end])
        if kind is None:
            continue
        dropped.append(Dropped(start, end, kind))
        if kind == "related" and _HEADER.match(text, start, end) and end - start < 40:
            links = _links(text, lines, number)
            dropped.extend(Dropped(*lines[index], "related") for index in links)
            number += len(links)
    gone = {part.start for part in dropped}
    last = next((line for line in reversed(lines) if line[0] not in gone), None)
    if last is not None:
        dropped.extend(_tail(text, *last))
    return tuple(sorted(dropped, key=lambda part: part.start))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without white space at its ends."""
    line = text[start:end]
    return start + len(line) - len(line.lstrip()), start + len(line.rstrip())


def _kind(line: str) -> str | None:
    """Return why the whole line is no news, or nothing."""
    if len(line) > _LONGEST or not _HINT.search(line):
        return None
    return next((kind for kind, pattern in _lines() if pattern.fullmatch(line)), None)


@cache
def _lines() -> list[tuple[str, re.Pattern[str]]]:
    """Return the patterns compiled."""
    return [(kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS]


def _links(text: str, lines: list[tuple[int, int]], first: int) -> range:
    """Return the numbers of the headlines that stand directly under a bare "read also"."""
    number = first
    while number < len(lines) and number - first < _MAX_LINKS:
        start, end = lines[number]
        # A blank line ends the list, unless it stands right under the header.
        gap = text[lines[number - 1][1] : start].count("\n")
        if gap > 1 or end - start > _MAX_LINK or text[end - 1] in ".؛،":
            break
        number += 1
    # A list that runs straight into a short line may be a wrapped paragraph's beginning. A long
    # line is a paragraph of its own.
    ended = (
        number == len(lines)
        or text[lines[number - 1][1] : lines[number][0]].count("\n") > 1
        or lines[number][1] - lines[number][0] > _MAX_LINK
    )
    return range(first, number if ended else first)


def _tail(text: str, start: int, end: int) -> list[Dropped]:
    """Return end marks and agency names behind the last sentence of the text, on its line."""
    parts = []
    for kind, pattern in (("end", _TAIL), ("signature", _TAIL_AGENCY)):
        match = pattern.search(text, max(start, end - _LONGEST_TAIL), end)
        if match is not None and match.start() > start:
            found, end_found = _trimmed(text, *match.span())
            parts.append(Dropped(found, end_found, kind))
            end = match.start()
    return parts
