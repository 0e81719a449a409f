"""The forms of a one-stop desk as documents, keyed by what they are: receipt, supplement, refusal, late, stop, control, register.

* :func:`~onestop_core.desk.form_data` gathers what a form says (``filling``): a :class:`FormData` with :class:`HandOver` and
  :class:`RegisterRow`, which :func:`load` reads back and :func:`fields_of` lists (``data``).
* :func:`~onestop_core.desk.form_html` prints it (``html``); Word is ``onestop_core.ext.office.form``.
* What a host gives: :class:`Office`, :class:`Slip`, :class:`Person`, :class:`FormPaper`; all of it in one document is
  :class:`FormDetails`, which :func:`load_details` reads (``values``).
* :func:`form_edition` is a circular's forms as a dated table: a :class:`FormEdition` of :class:`FormDefinition`, each with
  its :class:`FormField`, :class:`FormColumn` and :class:`FormSignature` (``editions``).

Inside: ``content`` (what stands on a form, in its order), ``tables`` (cells), ``words``.
"""

from onestop_core._public import publish
from onestop_core.desk.forms.data import FormData, HandOver, RegisterRow, fields_of, load, load_details
from onestop_core.desk.forms.editions import (
    FormColumn,
    FormDefinition,
    FormEdition,
    FormField,
    FormSignature,
    form_edition,
)
from onestop_core.desk.forms.filling import form_data
from onestop_core.desk.forms.html import form_html
from onestop_core.desk.forms.values import (
    FormDetails,
    FormKind,
    FormPaper,
    Office,
    Outcome,
    PaperKind,
    PaperSize,
    Person,
    Slip,
)

__all__ = [
    "FormColumn",
    "FormData",
    "FormDefinition",
    "FormDetails",
    "FormEdition",
    "FormField",
    "FormKind",
    "FormPaper",
    "FormSignature",
    "HandOver",
    "Office",
    "Outcome",
    "PaperKind",
    "PaperSize",
    "Person",
    "RegisterRow",
    "Slip",
    "fields_of",
    "form_data",
    "form_edition",
    "form_html",
    "load",
    "load_details",
]

publish(globals())
