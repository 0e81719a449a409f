"""What the library says, in Vietnamese and English.

``words`` (the same words in both languages; normal form), ``numbers`` and ``dates`` (figures, money, days as people
write them), ``numerals`` (numbers in words), ``sorting`` (the Vietnamese alphabet), ``safe`` (text made safe for a terminal, a log, a spreadsheet, a
picture), ``pages`` (a page of HTML that loads and runs nothing), ``drawings`` (a picture that does so too).

``codes`` is the base of every enumeration.
"""

from onestop_core._public import publish
from onestop_core.text import safe
from onestop_core.text.dates import day_in_words, day_text, long_date, moment_in_words, moment_text, period_text
from onestop_core.text.numbers import money, number, padded, percent, signed
from onestop_core.text.sorting import bare_letters, plain_letters, sort_key
from onestop_core.text.words import LANGUAGES, Language, Text, closest, did_you_mean, nfc, shown

__all__ = [
    "LANGUAGES",
    "Language",
    "Text",
    "bare_letters",
    "closest",
    "day_in_words",
    "day_text",
    "did_you_mean",
    "long_date",
    "moment_in_words",
    "moment_text",
    "money",
    "nfc",
    "number",
    "padded",
    "percent",
    "period_text",
    "plain_letters",
    "safe",
    "shown",
    "signed",
    "sort_key",
]

publish(globals())
