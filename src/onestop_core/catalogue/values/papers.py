"""What is handed in and what is given back: papers, forms, results."""

from __future__ import annotations

import attrs

from onestop_core.catalogue.values.codes import ResultForm, ScanExemption
from onestop_core.catalogue.values.fields import quantity, typed
from onestop_core.catalogue.values.parties import Electronic
from onestop_core.text import Text

__all__ = ["Alternative", "ApplicationForm", "File", "Paper", "PaperPart", "ProcedureResult"]


@attrs.frozen(kw_only=True, field_transformer=typed)
class File:
    """A file of a form."""

    name: str
    url: str | None = None


@attrs.frozen(kw_only=True, field_transformer=typed)
class PaperPart:
    """A paper of a set."""

    name: Text
    form: str | None = None
    code: str | None = None
    originals: int = attrs.field(default=0, validator=quantity)
    copies: int = attrs.field(default=0, validator=quantity)


@attrs.frozen(kw_only=True, field_transformer=typed)
class Alternative:
    """A paper that is accepted in place of another."""

    name: Text
    form: str | None = None
    code: str | None = None
    originals: int = attrs.field(default=0, validator=quantity)
    copies: int = attrs.field(default=0, validator=quantity)
    together_with: tuple[PaperPart, ...] = ()
    """Papers that serve only together with it."""


@attrs.frozen(kw_only=True, field_transformer=typed)
class Paper:
    """A paper of the dossier (thành phần hồ sơ)."""

    name: Text
    form: str | None = None
    """Code of the form to fill in, one of the procedure's forms."""
    code: str | None = None
    """Code of the paper in the national database."""
    originals: int = attrs.field(validator=quantity)
    copies: int = attrs.field(validator=quantity)
    electronic: Electronic | None = None
    cases: tuple[str, ...] = ()
    """Cases in which it is asked for; none: all."""
    alternatives: tuple[Alternative, ...] = ()
    replaced_by_data: Text | None = None
    """The database whose data make the paper unnecessary."""
    database: str | None = None
    """Name of that database."""
    result_of: str | None = None
    """The procedure of which it is the result."""
    not_scanned: ScanExemption | None = None
    files: tuple[File, ...] = ()
    note: Text | None = None
    basis: tuple[str, ...] = ()


@attrs.frozen(kw_only=True, field_transformer=typed)
class ProcedureResult:
    """What the applicant gets (kết quả thực hiện)."""

    name: Text
    code: str | None = None
    validity: Text | None = None
    valid_for: str | None = None
    """How long it holds, as a duration such as ``5 years``."""
    given_as: ResultForm | None = None
    basis: tuple[str, ...] = ()


@attrs.frozen(kw_only=True, field_transformer=typed)
class ApplicationForm:
    """A form to fill in or a slip that is issued."""

    code: str
    name: Text
    files: tuple[File, ...] = ()
    basis: tuple[str, ...] = ()
