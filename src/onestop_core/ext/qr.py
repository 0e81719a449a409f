"""QR codes (extra ``qr``: segno), for the short receipt on a receipt.

The core never imports this: ``form_html(data, qr=qr.modules)`` draws with it, or with whatever else draws QR codes.
"""

from __future__ import annotations

import io
from typing import Final

from onestop_core.errors import InvalidValueError, MissingExtraError
from onestop_core.model.words import plain_text

try:
    import segno
except ModuleNotFoundError as _missing:
    raise MissingExtraError(extra="qr", package="segno") from _missing

__all__ = ["modules", "png"]

_SCALE: Final = 4
_LONGEST: Final = 4_296
"""Characters that the largest code holds, of the alphabet of short receipts."""


def modules(text: str) -> tuple[tuple[int, ...], ...]:
    """Return the modules of the QR code of *text*, row by row: 1 is dark; without the light border.

    It repairs up to 15 per cent of itself (level M).

    >>> rows = modules("OS1/20260212T0930")
    >>> len(rows), rows[0][:7]
    (21, (1, 1, 1, 1, 1, 1, 1))

    Raises:
        InvalidValueError: no text, or more than a QR code holds.
    """
    return tuple(tuple(int(module) for module in row) for row in _made(text).matrix)


def png(text: str) -> bytes:
    r"""Return the QR code of *text* as a PNG picture, with its light border.

    >>> png("OS1")[1:4]
    b'PNG'

    Raises:
        InvalidValueError: as :func:`modules`.
    """
    stream = io.BytesIO()
    _made(text).save(stream, kind="png", scale=_SCALE, border=4)
    return stream.getvalue()


def _made(text: str) -> segno.QRCode:
    words = plain_text(text, "text", longest=_LONGEST)
    try:
        return segno.make_qr(words, error="m", boost_error=False)
    except segno.DataOverflowError:
        raise InvalidValueError.of("text", text, vi="chuỗi vừa một mã QR", en="text that a QR code can hold") from None
