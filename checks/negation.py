"""Negation: what the Arabic denies, the English denies, and nothing else.

Verbs and clauses are negated by لم، لن، لا and ليس, others by nouns and verbs that deny.
English has many more ways (*not*, *without*, *failed to*, *unable*, *harmless*), so only a sentence
with none of them has lost its negation. The other way round, *not*, *no* and *never* in English
need something in the Arabic that explains them.
"""

from __future__ import annotations

import re

from mujaz.arabic import fold_with_offsets

from .finding import Finding

# Folded. ولا alone continues a negation before it.
_NEGATION = re.compile(r"\b[وف]?(?:لم|لن|لا|ليس|ليست|ليسوا|لست|لسنا)\b")
# Set phrases in which nothing is negated: still, especially, must, no doubt, at least, up to,
# integral, considerable, countless, clear, merely, soon; and names: La Liga, La Paz.
_SET_PHRASE = re.compile(
    r"\b[وف]?(?:"
    r"(?:لا|لم|ما)\s+(?:[يتنا]?(?:زال|زل)\w*|[يتن](?:نفك|فتا))|لا\s*سيما|لا\s+(?:بد|شك|باس|محاله|غني|جدال|ريب|مثيل|حصر|غير)"
    r"|بلا\s+شك|ما\s+لم|(?:ما\s+)?لا\s+[يت]قل\w*(?:\s+\w+)?\s+عن|(?:لا|لم|لن)\s+[يت](?:تجاوز\w*|تعد(?:ي\w*)?|زيد\w*|زد)"
    r"|لا\s+[يتن]نسي|(?:كي|حتي)\s+لا|لا\s+[يت]خفي|لا\s+[يت]قهر"
    r"|لا\s+[يت](?:تجزا|ستهان|حصي|عدو|خلو|قدر\s+بثمن)|لا\s+[يت]عد\s+ولا|لا\s+(?:لبس|هواده)\s+في\w*"
    r"|لا\s+[يت]كف\w*\s+عن|لم\s+[يتن]لبث\w*|لم\s+[يت]مض\w*\s+وقت"
    r"|لا\s+(?:لي[غجق]ا|باز|كورونيا|بلاتا|سكالا)"
    r")\b"
)
# لم ... إلا, "only": the negation and its exception cancel each other.
_ONLY = re.compile(r"(?:\W+\w+){0,8}?\W+(?:الا|سوي|فقط|فحسب)\b")
# Words that explain a negation in English: without, non-, failed, refused, prevented, rare, few.
_DENIAL = re.compile(
    r"\b[وفبلك]{0,2}(?:ال)?(?:"
    r"غير\w{0,3}|عدم\w{0,2}|دون\w{0,2}|بدون\w{0,2}|بلا|انعدام\w*|عديم\w*|معدوم\w*|نفي|نفت|نفوا|ينفي|تنفي"
    r"|رفض\w*|[يتن]رفض\w*|فشل\w*|[يتن]فشل\w*|اخفق\w*|اخفاق\w*|امتنع\w*|امتناع\w*|[يت]متنع\w*|مستحيل\w*|[يت]ستحيل"
    r"|تعذر\w*|[يت]تعذر|انكر\w*|[يتن]نكر\w*|عجز\w*|[يت]عجز\w*|خال\w{0,3}|خلو\w*|ابدا|قط|نقص\w*|قله|قليل\w*|نادر\w*"
    r"|قلما|بالكاد|الا|سوي|بعيدا|ضد|حظر\w*|[يت]حظر\w*|منع\w*|[يتن]منع\w*|ممنوع\w*|محظور\w*|تجنب\w*|[يتن]تجنب\w*|غياب\w*|انتف\w*"
    r"|استبعد\w*|[يت]ستبعد\w*|استثن\w*|باستثناء|لا\w+|بل|انما|محدود\w*|صعب\w*|صعوب\w*|توقف\w*|اوقف\w*"
    r"|مفقود\w*|فقد\w*|[يت]فقد\w*|افتق\w*|[يت]فتقر\w*|تخل\w*|[يت]تخل\w*|اقل|كيلا|ليلا|لولا|خلاف\w*|عكس\w*|نقيض\w*"
    r"|متوقف\w*|معطل\w*|تعطل\w*|باطل\w*|محال|احجم\w*|خط[اي]\w*|كذب\w*|زيف\w*|وهم\w*|خرافه|حرم\w*|حرام"
    r"|[يتن]جهل\w*|مجهول\w*|تجاهل\w*|[يتن]تجاهل\w*|مستبعد\w*|استحال\w*|كلا"
    r")\b"
    # ما denies where one of these follows: there is none, there was not, there is no more.
    r"|\b[وف]?ما\s+(?:من|احد|كان\w{0,2}|كن[تا]|عاد\w{0,2}|عد[تن]ا?)\b"
)

# Nouns and verbs that deny by themselves: not doing, without doing, refused, failed, banned.
# Adjectives with غير are left out: غير رسمي is casual, and English has a word for most of them.
_DENYING = re.compile(
    r"\b[وفبلك]{0,2}(?:ال)?(?:عدم(?!\w{3})\w{0,2}|(?:من\s+)?دون\s+(?:ان|اي)|بدون\s+(?:ان|اي)"
    r"|نفي|نفت|نفوا|[يت]نفي|رفض\w{0,3}|[يتن]رفض\w{0,2}|فشل\w{0,3}|[يتن]فشل\w{0,2}|اخفق\w{0,2}"
    r"|امتنع\w{0,2}|[يت]متنع\w{0,2}|تعذر|[يت]تعذر|انكر\w{0,2}|[يت]نكر\w{0,2}|حظر\w{0,2}|[يت]حظر"
    r"|منع\w{0,2}|[يت]منع\w{0,2}|ممنوع\w{0,2}|محظور\w{0,2}|مستحيل\w{0,2})\b"
)

_AFFIXED = (
    # Not unit, uniform, under, until, uncle, UNRWA; but unclear, unlikely, unidentified.
    r"(?-i:[Uu]n)(?!it|ion|i(?:que|form|vers|f[iy]|later|lever|corn|cef|son)|der|til|cles?\b|less\b"
    r"|like\b|fortunate|esco|rwa|hcr)[a-z-]{3,}|non-?(?!e\b|etheless)[a-z-]{3,}"
    r"|dis(?:appear|agree|allow|approv|connect|qualif|regard|satisf|like|trust|advantage|abled"
    r"|organi|honest|obe|belie)[a-z]*"
    r"|in(?:accura|adequa|capab|complet|consisten|correct|direct|edible|effectiv|effic|equal|evitab"
    r"|finite|formal|frequen|hospit|human|secur|signific|suffic|toler|valid|visib|vinc|voluntar"
    r"|determin|conclus|appropriat|comprehen|compatib|access|defin|experienc|explic|differen|credib|numerab"
    r"|valuab|separab|divisib|escapab|describab|disputab|exhaustib)[a-z]*"
    r"|im(?:possib|probab|proper|pract|patien|polit|mature|mobil|mun|perfect|partial|plausib|moral)"
    r"[a-z]*|ir(?:regular|relevan|responsib|reversib|resist|rational)[a-z]*"
    r"|il(?:logic|legitim|literat)[a-z]*|(?!un|bl|regard|neverthe|nonethe)[a-z]{3,}less(?:ly|ness)?"
)
_NEGATIVE = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|nowhere|neither|nor|without|cannot|lack\w*"
    r"|fail(?:s|ed|ing|ure)?|den(?:y|ied|ies|ying|ial)|refus(?:e|es|ed|ing|al)|reject\w*|unable"
    r"|absence|absent|anonym\w*|futil\w*|in\s+vain|unlike|hardly|barely|scarcely|rarely|seldom|few|little|unless|yet\s+to"
    r"|instead|rather\s+than|prevent\w*|avoid\w*|ban|banned|prohibit\w*|forbid\w*|forbad\w*"
    r"|other\s+than|decline\w*|far\s+from|too\s+\w+\s+(?:to|for)|short\s+of|despite|inability"
    r"|miss(?:es|ed|ing)?|except|exclud\w+|free\s+of|stop(?:s|ped)?|minus|refrain\w*|withh[eo]ld\w*"
    rf"|{_AFFIXED})\b|n['’]t\b",
    re.IGNORECASE,
)
# What English may say besides for a noun or verb that denies.
_OBJECTING = re.compile(
    r"\b(?:against|oppos\w+|resist\w*|block\w*|turn\w*\s+down|offline|halt\w*|unlikely|otherwise"
    r"|bar|bars|barred|outlaw\w*|illegal\w*|rebuff\w*|dismiss\w*|refut\w*|repudiat\w*|disput\w*"
    r"|contradict\w*|restrict\w*|keep|keeps|kept|deter\w*|reluctan\w*|los[est]\w*|broke\w*"
    r"|collaps\w*|abort\w*|unwilling\w*|while\s+still|embargo\w*|imped\w*|thwart\w*|spurn\w*"
    r"|discomfort|instab\w+|inequal\w+|imbalanc\w+|protect\w*|reneg\w*|dissent\w*|object\w*|curfew\w*)\b",
    re.IGNORECASE,
)
_RESTRICTIVE = re.compile(
    r"\b(?:only|but|just|except|exclusively|until|merely|alone|solely)\b", re.IGNORECASE
)
_PLAIN = re.compile(r"\b(?:not|never|cannot|nobody|neither|nor|no)\b|n['’]t\b", re.IGNORECASE)
# Ways of saying something else with these words: not only, no longer, no more than, No. 5.
_IDIOM = re.compile(
    r"\bnot\s+(?:only|just|merely|least|until)\b|\bnever\s+before\b|\bno\.\s"
    r"|\bno\s+(?:longer|more|doubt|less|fewer|matter|later|sooner|one)\b|\b(?:whether|or)\s+not\b",
    re.IGNORECASE,
)


def check_negation(source: str, text: str) -> list[Finding]:
    """Return a negation of the Arabic ``source`` that the English ``text`` lost, or one it added.

    Either is severe, for the sentence says the contrary; fewer negations than in the source are a
    warning, and so is one by a noun or a verb (عدم، رفض) that is lost.
    """
    folded = fold_with_offsets(source)
    bare = _SET_PHRASE.sub(lambda match: " " * len(match[0]), folded.text)
    negations = list(_NEGATION.finditer(bare))
    first = next(iter(negations), None)
    negatives = len(_NEGATIVE.findall(text))
    if any(_ONLY.match(bare, negation.end()) for negation in negations):
        negatives += len(_RESTRICTIVE.findall(text))
    # ولا goes on with the negation before it: neither, nor.
    own = sum(match[0] != "ولا" for match in negations)
    if first and negatives < max(own, 1):
        span = folded.span(first.start(), first.end())
        if negatives:
            message = f"the source denies {own} times, this {negatives}"
            return [Finding("negation", "warning", message, source=span)]
        message = f'"{source[slice(*span)]}" (not) is in the source and nothing here denies'
        return [Finding("negation", "severe", message, source=span)]
    denying = None if first else _DENYING.search(bare)
    if denying and not negatives and not _OBJECTING.search(text):
        span = folded.span(denying.start(), denying.end())
        message = f'"{source[slice(*span)]}" denies in the source and nothing here does'
        return [Finding("negation", "warning", message, source=span)]
    if first or _DENIAL.search(folded.text) or _SET_PHRASE.search(folded.text):
        return []
    added = _PLAIN.search(_IDIOM.sub(lambda match: " " * len(match[0]), text))
    if not added:
        return []
    message = f'"{added[0]}" is not in the source'
    return [Finding("negation", "severe", message, target=added.span())]
