"""How long a text is on a mobile telephone, and in how many messages it goes (3GPP TS 23.038, TS 23.040)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from onestop_core.text import bare_letters, nfc
from onestop_core.text.codes import Code
from onestop_core.text.safe import line

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Alphabet", "Sms", "sms"]

_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_TWICE: Final = frozenset("^{}\\[~]|€\f")
"""What the alphabet of 7 bits writes with an escape before it."""
_PLAIN: Final = str.maketrans(
    {"–": "-", "—": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "·": "-", "\xa0": " "}
)


class Alphabet(Code):
    """In which alphabet a message is sent: one sign outside the first makes the whole text go in the second."""

    GSM_7 = "gsm_7"
    """160 signs to a message, 153 where there are several."""
    UCS_2 = "ucs_2"
    """70 signs to a message, 67 where there are several: what Vietnamese with its marks needs."""


_SIZES: Final = {Alphabet.GSM_7: (160, 153), Alphabet.UCS_2: (70, 67)}


@attrs.frozen(kw_only=True)
class Sms:
    """A text for a mobile telephone, and what it takes to send it."""

    text: str
    alphabet: Alphabet
    length: int
    """As the network counts: some signs count twice."""
    messages: int
    """In how many it goes; each is paid for."""

    @property
    def room(self) -> int:
        """How many signs one single message holds."""
        return _SIZES[self.alphabet][0]


def sms(text: str, *, diacritics: bool = True) -> Sms:
    r"""Return *text* as it goes to a mobile telephone, measured, never cut.

    >>> marked, bare = sms("Hồ sơ đã có kết quả"), sms("Hồ sơ đã có kết quả", diacritics=False)
    >>> marked.alphabet.value, marked.length, bare.text, bare.alphabet.value
    ('ucs_2', 19, 'Ho so da co ket qua', 'gsm_7')
    >>> sms("x" * 161).messages, sms("ă" * 70).messages, sms("ă" * 71).messages, sms("{" * 80).length
    (2, 1, 2, 160)

    Args:
        text: The text; line breaks and what no reader sees become visible or blank.
        diacritics: False takes the marks of the letters away, so that more fits into a message.

    Raises:
        InvalidValueError: it is no text.
    """
    said = line(" ".join(nfc(text).split()))
    if diacritics is False:
        said = bare_letters(said).translate(_PLAIN)
    signs = set(said)
    if signs <= _BASIC | _TWICE:
        weights = [2 if sign in _TWICE else 1 for sign in said]
        alphabet = Alphabet.GSM_7
    else:
        weights = [2 if ord(sign) > 0xFFFF else 1 for sign in said]
        alphabet = Alphabet.UCS_2
    return Sms(text=said, alphabet=alphabet, length=sum(weights), messages=_messages(weights, *_SIZES[alphabet]))


def _messages(weights: Iterable[int], single: int, part: int) -> int:
    signs = list(weights)
    if sum(signs) <= single:
        return 1
    count, used = 1, 0
    for weight in signs:
        # A sign that counts twice is not torn apart.
        if used + weight > part:
            count, used = count + 1, 0
        used += weight
    return count
