"""What a catalogue is made of, one class to one object of ``schemas/catalogue.schema.json``.

``procedure`` (the catalogue, its procedures and their parts), ``parties`` (who takes part, and how it was published).

``fields`` holds them to what their annotations say.
"""

from onestop_core._public import publish
from onestop_core.catalogue.values.parties import (
    Body,
    Contact,
    Decision,
    Electronic,
    Linked,
    LinkedProcedure,
    Mechanism,
    Obligation,
    Occasion,
    ProcedureStatus,
)
from onestop_core.catalogue.values.procedure import (
    Alternative,
    ApplicantKind,
    ApplicationForm,
    Authority,
    AuthorityLevel,
    Catalogue,
    ChannelKind,
    Fee,
    FeeKind,
    Field,
    Limit,
    OfferedChannel,
    Paper,
    Procedure,
    ProcedureCase,
    ProcedureResult,
    ProcedureStep,
    ReceivingPlace,
    Scope,
    Statement,
    StepRole,
    Suppression,
)

__all__ = [
    "Alternative",
    "ApplicantKind",
    "ApplicationForm",
    "Authority",
    "AuthorityLevel",
    "Body",
    "Catalogue",
    "ChannelKind",
    "Contact",
    "Decision",
    "Electronic",
    "Fee",
    "FeeKind",
    "Field",
    "Limit",
    "Linked",
    "LinkedProcedure",
    "Mechanism",
    "Obligation",
    "Occasion",
    "OfferedChannel",
    "Paper",
    "Procedure",
    "ProcedureCase",
    "ProcedureResult",
    "ProcedureStatus",
    "ProcedureStep",
    "ReceivingPlace",
    "Scope",
    "Statement",
    "StepRole",
    "Suppression",
]

publish(globals())
