"""The catalogue's schema judged by ``jsonschema-rs`` (extra ``speed``): a yes in a hundredth of the time.

The core never imports this. A host that checks large catalogues hands it in::

    catalogue.check(document, validator=speed.validator())

Most documents are valid, and then nothing remains to be explained. Where the answer is no, the places and
messages come from the same code as ever, so that findings do not depend on the extra.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from onestop_core.errors import MissingExtraError
from onestop_core.rules.schema.schemas import bundled

try:
    import jsonschema_rs
except ModuleNotFoundError as _missing:
    raise MissingExtraError(extra="speed", package="jsonschema-rs") from _missing

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["validator"]


@cache
def validator(name: str = "catalogue") -> Callable[[Any], bool]:
    """Return what says whether a plain document is valid under the published schema *name*.

    >>> from onestop_core import catalogue
    >>> from onestop_core.rules.reading import resources
    >>> document = resources.data("vn/catalogue/one-stop")
    >>> validator()(document)
    True
    >>> catalogue.check(document, validator=validator()) == catalogue.check(document)
    True

    Raises:
        UnknownCodeError: there is no schema of that name.
    """
    # The bundled schema refers to nothing outside itself; nothing is fetched.
    is_valid: Callable[[Any], bool] = jsonschema_rs.Draft202012Validator(bundled(name), validate_formats=True).is_valid
    return is_valid
