"""Which of its senses a form has in this text, if it is a name there at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from .gazetteer import Sense
from .lexicon import Kind
from .name_cues import cues
from .name_hit import Hit, Word, definite, joined
from .proclitics import stems

# How sure a reading is: a full form that nothing else has, a short form beside its full one, an
# ambiguous form with support. Estimates for ranking.
_FULL, _SHORT, _SUPPORTED = 0.95, 0.85, 0.7
# Kinds that a mention of their country anywhere in the text makes sure.
_ANCHORED: frozenset[Kind] = frozenset({"country", "nationality", "capital", "territory"})
# Vowel signs that tell عُمان, the country, from عَمّان, the city.
_VOWELLED = {"\u0639\u064f": "Oman", "\u0639\u064e": "Amman"}
# The ending of an indefinite accusative: جنديا روسيًا has no Russia in it.
_TANWIN = frozenset({"\u064bا", "ا\u064b"})
_COMMAS = frozenset({"و", "،", "،و", "، و", ","})


@dataclass
class Context:
    """A text with its known forms, as far as choosing between senses needs it.

    Attributes:
        text: The text.
        words: Its words.
        hits: Its known forms in order.
    """

    text: str
    words: Sequence[Word]
    hits: Sequence[Hit]

    @cached_property
    def english(self) -> frozenset[str]:
        """Return the English of all full names that need no context."""
        return frozenset(
            sense.english
            for hit in self.hits
            if plain(hit)
            for sense in hit.senses
            if not sense.full
        )

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Return, by country code, the words at which a name that needs no context points to it."""
        found: dict[str, list[int]] = {}
        for hit in self.hits:
            sense = plain(hit)
            if sense is not None and sense.country and sense.kind in _ANCHORED:
                found.setdefault(sense.country, []).append(hit.first)
        return found

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Return all words of the text, folded, with and without particles before them."""
        return frozenset(stem for word in self.words for _, stem in stems(word.folded))

    def chosen(self) -> Iterator[tuple[Hit, Sense, float]]:
        """Yield the forms that are names here, each with its sense and how sure it is."""
        for number, hit in enumerate(self.hits):
            if not self._vetoed(hit):
                choice = self._choice(number)
                if choice is not None:
                    yield hit, *choice

    def _choice(self, number: int) -> tuple[Sense, float] | None:
        hit = self.hits[number]
        sure = plain(hit)
        if sure is not None:
            return self._country_or_people(number, sure), _FULL
        for sense in hit.senses:
            if sense.full in self.english:
                return sense, _SHORT
        ranked = [
            (self._support(number, sense), -rank, sense)
            for rank, sense in enumerate(hit.senses)
            if not sense.full
        ]
        best = max(ranked, key=lambda item: item[:2], default=None)
        enough = 0.5 if len(ranked) == 1 else 1.0
        return (best[2], _SUPPORTED) if best and best[0] >= enough else None

    def _country_or_people(self, number: int, sense: Sense) -> Sense:
        """Return the sense of السعودية or سورية: the country, or the adjective of a noun.

        It is the adjective behind a noun with the article or behind a place: السلطات السعودية,
        جدة السعودية. As the country it may be said with the adjective all the same.
        """
        hit = self.hits[number]
        people = next((s for s in hit.senses if s.kind == "nationality" and not s.ambiguous), None)
        if people is not None and self.text[hit.end - 2 : hit.end] in _TANWIN:
            return people
        feminine = self.words[hit.last - 1].folded.endswith("يه")
        if sense.kind != "country" or people is None or not feminine:
            return sense
        before = self._before(hit)
        noun = definite(before)
        place = number > 0 and self.hits[number - 1].last == hit.first and before
        if not hit.particles and (noun or place):
            return people
        return replace(sense, also=(*sense.also, people.english))

    def _support(self, number: int, sense: Sense) -> float:
        """Return how much speaks for an ambiguous sense; 0 is nothing."""
        hit = self.hits[number]
        spelled = _VOWELLED.get(self.text[hit.start : hit.start + 2])
        if spelled is not None and sense.english in _VOWELLED.values():
            return float(spelled == sense.english)
        score = 0.0
        before = self._word_before(hit)
        if before in cues().before.get(sense.kind, ()):
            score += 2
        elif before in cues().before.get(sense.english, ()):
            score += 1
        elif sense.kind == "country" and before in cues().before["weak"]:
            score += 0.5
        if sense.english in self.english:
            score += 3
        near = cues().near.get(sense.english)
        if near is not None and not near.isdisjoint(self.vocabulary):
            score += 1.5
        if sense.kind in _ANCHORED and sense.country in self.places:
            nearest = min(abs(place - hit.first) for place in self.places[sense.country])
            score += 1 + 1 / (1 + nearest)
        if number + 1 < len(self.hits):
            follower = self.hits[number + 1]
            after = plain(follower)
            if follower.first == hit.last and after is not None and sense.country:
                score += 3 * (sense.country == after.country)
        if sense.kind == "country":
            score += 2 * (self._listed(number - 1) + self._listed(number))
        return score

    def _listed(self, number: int) -> bool:
        """Return whether a hit and the next one stand in a list, one of them surely a country."""
        if not 0 <= number < len(self.hits) - 1:
            return False
        left, right = self.hits[number : number + 2]
        between = self.text[left.end : right.start].strip()
        senses = (plain(left), plain(right))
        return (
            left.last == right.first
            and between in _COMMAS
            and any(sense is not None and sense.kind == "country" for sense in senses)
        )

    def _before(self, hit: Hit) -> str:
        """Return the folded word right before a hit, if nothing stands between."""
        if hit.first == 0 or not joined(self.text, *self.words[hit.first - 1 : hit.first + 1]):
            return ""
        return self.words[hit.first - 1].folded

    def _word_before(self, hit: Hit) -> str:
        """Return the folded word right before a hit, without particles if it is a cue."""
        word = self._before(hit)
        for cut in range(3):
            if not word[:cut].strip("وفبل") and any(
                word[cut:] in known for known in cues().before.values()
            ):
                return word[cut:]
        return word

    def _vetoed(self, hit: Hit) -> bool:
        """Return whether the spelling or a neighbour says that this is a common word."""
        if self.text[hit.start : hit.end] in cues().never_spelled:
            return True
        # كتيبتي, two battalions, is no Tibetan behind a ك, and كوانتا is no Vantaa.
        if hit.particles and self.text[hit.start - 1] == "ك":
            rare = all(s.kind == "nationality" or s.source == "places" for s in hit.senses)
            if rare and not self.text.startswith("ال", hit.start):
                return True
        form = " ".join(word.folded for word in self.words[hit.first : hit.last])[hit.particles :]
        # بصور is "with pictures": a short ambiguous form takes no particle but و.
        if len(form) < 4 and plain(hit) is None and hit.particles:
            return self.text[hit.start - 1] != "و"
        if form in cues().never_after and self._word_before(hit) in cues().never_after[form]:
            return True
        following = self.words[hit.last].folded if hit.last < len(self.words) else ""
        return following in cues().never_before.get(form, ())


def plain(hit: Hit) -> Sense | None:
    """Return the sense of a form that needs no context, if it has one."""
    return next((sense for sense in hit.senses if not sense.ambiguous and not sense.full), None)
