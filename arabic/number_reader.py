"""What the number grammars of both languages stand on: quantities, and access to the tokens."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .number_lexicon import Lexeme, Lexicon
from .number_record import Kind, Number, Value
from .number_tokens import Token
from .numerals import Numeral

ONE, TWO, HALF = Decimal(1), Decimal(2), Decimal("0.5")
SIGNS = {
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₪": "ILS",
    "₽": "RUB",
    "₺": "TRY",
    "₹": "INR",
}
"""Currency signs."""
VULGAR = {
    sign: Decimal(a) / b
    for sign, a, b in (("½", 1, 2), ("⅓", 1, 3), ("⅔", 2, 3), ("¼", 1, 4), ("¾", 3, 4))
}
"""Fractions that are one character."""
DASHES = frozenset("-‐‑–—−")
PERCENTS = frozenset("%٪﹪％")
YEARS = (Decimal(1000), Decimal(2199))
"""Bare numerals of four digits within these may be years."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number proper, before its unit and its use are known.

    Attributes:
        value: Its value.
        start: Offset of its first character.
        stop: Index of the token behind it.
        form: What its words or digits alone say it is.
        written: Whether it is in words only.
        scale: Its last magnitude word (million), or 1.
        numeral: The numeral, where it is one and nothing else.
        alternative: The other reading of its numeral.
        unit: A unit that it brings itself (the dual يومين).
        weak: Whether it is too idiomatic to be missed by itself.
    """

    value: Decimal
    start: int
    stop: int
    form: Kind = "cardinal"
    written: bool = False
    scale: Decimal = ONE
    numeral: Numeral | None = None
    alternative: Decimal | None = None
    unit: str = ""
    weak: bool = False

    @property
    def whole(self) -> bool:
        """Whether the value is a whole number."""
        return self.value == self.value.to_integral_value()


Read = tuple[Number, int]
"""A number and the index of the token behind it."""


def _plain(value: Decimal) -> Decimal:
    """Return a whole number without the decimals that a product left on it (1500000.0)."""
    whole = value.to_integral_value()
    return whole if whole == value else value


class TokenReader(ABC):
    """Tokens of one text, and the rules that a language must give."""

    range_and: str

    def __init__(self, text: str, tokens: Sequence[Token], lexicon: Lexicon) -> None:
        self.text = text
        self.tokens = tokens
        self.lexicon = lexicon

    @abstractmethod
    def quantity(self, i: int) -> Quantity | None:
        """Return the number proper that begins at token ``i``."""

    @abstractmethod
    def date(self, i: int, day: Quantity | None) -> Read | None:
        """Return the date whose month (behind ``day``, if given) begins at token ``i``."""

    @abstractmethod
    def clock(self, i: int, quantity: Quantity) -> Read | None:
        """Return the time of day that ``quantity``, begun at token ``i``, is the hour of."""

    @abstractmethod
    def half_of_day(self, i: int) -> tuple[str, int]:
        """Return ``am``, ``pm`` or empty for what stands at token ``i``, and the next index."""

    @abstractmethod
    def percent(self, i: int) -> int:
        """Return the index behind a percent word at token ``i``; ``i`` where there is none."""

    @abstractmethod
    def word_at(self, i: int) -> str:
        """Return the folded word at token ``i``; empty where there is none."""

    @abstractmethod
    def special(self, i: int) -> Read | None:
        """Return what only this language reads at token ``i``."""

    def joined(self, i: int) -> bool:
        """Whether an "and" is written onto token ``i``."""
        return False

    def may_begin(self, token: Token) -> bool:
        """Whether a number may begin at a token that is neither numeral nor number word."""
        return token.text in SIGNS or token.text in VULGAR

    def lexeme(self, i: int, *categories: str) -> Lexeme | None:
        """Return the lexeme of token ``i`` if it is of one of ``categories``."""
        if 0 <= i < len(self.tokens):
            lexeme = self.tokens[i].lexeme
            if lexeme is not None and lexeme.category in categories:
                return lexeme
        return None

    def sign(self, i: int, signs: frozenset[str] | str) -> bool:
        """Whether token ``i`` is one of ``signs``."""
        return 0 <= i < len(self.tokens) and self.tokens[i].text in signs

    def is_numeral(self, i: int) -> bool:
        """Whether token ``i`` is a numeral."""
        return 0 <= i < len(self.tokens) and self.tokens[i].kind == "n"

    def touching(self, i: int) -> bool:
        """Whether tokens ``i - 1`` and ``i`` exist with nothing between them."""
        return 0 < i < len(self.tokens) and self.tokens[i - 1].end == self.tokens[i].start

    def number(
        self,
        kind: Kind,
        value: Value,
        start: int,
        stop: int,
        unit: str = "",
        *,
        weak: bool = False,
        alternative: Decimal | None = None,
    ) -> Read:
        """Return the record of what lies between offset ``start`` and token ``stop``."""
        end = self.tokens[stop - 1].end
        surface = self.text[start:end]
        if isinstance(value, tuple):
            value = (_plain(value[0]), _plain(value[1]))
        elif isinstance(value, Decimal):
            value = _plain(value)
        return Number(surface, start, end, kind, value, unit, weak, alternative), stop

    def time(self, hour: int, minute: int, start: int, stop: int) -> Read:
        """Return the time of day, with the half of the day that follows it."""
        half, stop = self.half_of_day(stop)
        sure = bool(half) or hour > 12 or hour == 0
        if half == "pm" and hour < 12:
            hour += 12
        elif half == "am" and hour == 12:
            hour = 0
        return self.number(
            "time", (Decimal(hour), Decimal(minute)), start, stop, "24h" if sure else ""
        )
