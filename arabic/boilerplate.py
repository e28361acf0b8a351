"""Parts of an article that are not news: end marks, signatures, links, captions.

Only whole lines go, and end marks on the last line. A line that might be news stays.
"""

from __future__ import annotations

import re

from .article import Dropped

_AGENCY = (
    r"(?:وكالات|وكالة|رويترز|أ ?ف ?ب|ا ?ف ?ب|أ\.? ?ف\.? ?ب\.?|فرانس برس|أسوشيتد برس|اسوشيتد برس"
    r"|أ ?ب|د ?ب ?أ|الأناضول|الاناضول|سبوتنيك|شينخوا|واس|وام|كونا|بترا|قنا|سانا|واع|وفا|معا|مهر"
    r"|فارس|تسنيم|إرنا|ارنا|إسنا|يونيوز|تاس|نوفوستي|سي إن إن|سي ان ان|بي بي سي|الجزيرة(?: نت)?"
    r"|العربية(?: نت)?|سكاي نيوز(?: عربية)?|مواقع(?: إلكترونية| الكترونية)?|صحف|متابعات|خاص"
    r"|Reuters|AFP|AP|EPA|dpa|Anadolu|Getty(?: Images)?)"
)
_AGENCIES = rf"(?:{_AGENCY}(?:\s*[+،,/\-–]\s*(?:و\s*)?|\s+و\s*)?)+"
_AGAIN = r"أيض(?:ا|اً|ًا)|ايض(?:ا|اً|ًا)"

# A line is of the first kind whose pattern matches it whole; lengths keep news out.
_LINES = tuple(
    (kind, re.compile(rf"(?:{pattern})\Z", re.IGNORECASE))
    for kind, pattern in (
        # Iranian and Iraqi agencies close with "finished", a desk number and initials.
        ("end", r"[/\\(\[.]*\s*(?:انتهى|إنتهى|انتهي|إنتهي)\s*[/\\)\].]*\s*[\w.]{0,6}"
                r"(?:[/\\\-]\s*\w{1,6}){0,3}\s*[/\\.]*"),
        ("end", r"(?:#{2,}|\*{3,}|[-–—_=~•·]{3,}|(?:[*•·]\s+){2,}[*•·])"),
        ("signature", rf"[(\[]\s*{_AGENCIES}\s*[)\]]\.?"),
        ("signature", rf"(?:المصدر|المصادر|مصدر)\s*:\s*[(\[]?\s*{_AGENCIES}\s*[)\]]?\.?"),
        ("signature", r"(?:المصدر|Source)\s*:\s*\S+(?:\s\S+){0,4}"),
        ("signature", r"(?:تحرير|إعداد|اعداد|ترجمة|كتابة|تغطية صحفية|إعداد وتحرير)(?:\s+\w+)?\s*:"
                      r".{2,80}"),
        ("signature", r"\(\s*(?:إعداد|اعداد|تحرير|ترجمة|تغطية صحفية|شارك في التغطية)\b[^()\n]{3,160}\)"),
        ("related", rf"[\W_]*(?:و?قد يهمك|و?قد يعجبك|يهمك|[إا]?قرأ(?:وا|ي)?|[إا]قرؤوا|أقرأ|شاهد(?:وا|ي)?|طالع(?:وا)?"
                    rf"|استمع(?:وا)?|تابع(?:وا)?)\s+(?:{_AGAIN})(?:\s+على \w+)?\s*(?:[:.…\-–|].{{0,200}})?"),
        ("related", r"[\W_]*(?:مواضيع|أخبار|اخبار|مقالات|روابط|موضوعات|قصص)\s+(?:ذات صلة|ذات علاقة|متعلقة|مشابهة)"
                    r"\s*(?:[:.…\-–|].{0,200})?"),
        ("related", r"[\W_]*(?:اقرأ|إقرأ|للمزيد)\s+(?:المزيد|من التفاصيل|من الأخبار)?\s*:.{0,200}"),
        ("share", r"(?:يمكنكم|يمكنك)\s+(?:استلام|تلقي|متابعة|الاشتراك).{0,60}"
                  r"(?:إشعارات|اشعارات|صفحتنا|قناتنا|تطبيق|حسابنا|نشرتنا).{0,160}"),
        ("share", r"[\W_]*(?:تابعونا|تابعنا|اشترك(?:وا)?|للاشتراك|انضم(?:وا)?|شارك(?:ونا|وا)?)\b.{0,80}"
                  r"(?:واتس\s?[اآ]ب|فيس\s?بوك|تويتر|تلي?[غج]رام|تيلي[غج]رام|انستغرام|إنستغرام|يوتيوب"
                  r"|قناتنا|صفحتنا|نشرتنا|النشرة البريدية|القائمة البريدية|جوجل نيوز|أخبار غوغل).{0,80}"),
        ("share", r"(?:حمل|حمّل|حملوا)\s+تطبيق\b.{0,80}"),
        ("share", r"(?:شارك|طباعة|حفظ|إرسال|نسخ الرابط|شارك (?:الخبر|المقال|هذا المقال|على فيسبوك))"),
        ("rights", r".{0,40}(?:جميع الحقوق محفوظة|كافة الحقوق محفوظة|حقوق النشر محفوظة).{0,60}"),
        ("rights", r"(?:©|\(c\)).{0,100}"),
        ("caption", rf"(?:مصدر الصورة|صاحب الصورة|التعليق على الصورة|تعليق الصورة|Image caption|Image copyright)\b.{{0,160}}"),
        ("caption", rf"(?:صورة|الصورة|تصوير)\s*:\s*{_AGENCIES}\.?"),
        ("caption", rf"[(\[]\s*(?:صورة|الصورة|أرشيف|صورة أرشيفية|الأرشيف|ارشيفية|أرشيفية)(?:\s*[:\-–]?\s*{_AGENCIES})?\s*[)\]]"),
        ("caption", r"(?:Getty Images|Reuters|AFP|EPA|AP)"),
    )
)  # fmt: skip
# The cheapest test first: a line without any of these can be none of the above.
_HINT = re.compile(
    r"نته[ىي]|[#*\-–—_=~•·]{3}|[*•·]\s|[(\[]|مصدر|Source|تحرير|عداد|ترجمة|كتابة|تغطية|يهمك|يعجبك|يض"
    r"|صلة|علاقة|متعلقة|مشابهة|قرأ|للمزيد|يمكنك|تابع|شترك|نضم|شارك|حم|طباعة|حفظ|إرسال|نسخ|حقوق|©"
    r"|صورة|تصوير|Image|Getty|Reuters|AFP|EPA|AP",
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
    return next((kind for kind, pattern in _LINES if pattern.match(line)), None)


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
    # A list that runs straight into a paragraph may be that paragraph's own wrapped lines.
    ended = number == len(lines) or text[lines[number - 1][1] : lines[number][0]].count("\n") > 1
    return range(first, number if ended else first)


def _tail(text: str, start: int, end: int) -> list[Dropped]:
    """Return end marks and agency names behind the last sentence of the text, on its line."""
    parts = []
    for kind, pattern in (("end", _TAIL), ("signature", _TAIL_AGENCY)):
        match = pattern.search(text, start, end)
        if match is not None and match.start() > start:
            found, end_found = _trimmed(text, *match.span())
            parts.append(Dropped(found, end_found, kind))
            end = match.start()
    return parts
