"""What a catalogue is made of, one class to one object of ``schemas/catalogue.schema.json``.

``catalogue`` (the mapping), ``procedure`` (with its steps and places), ``offers`` (channels and time limits), ``money``,
``papers`` (and forms, and results), ``cases`` (which case an application is), ``parties`` (who takes part, and how it was
published), ``codes``; ``searching`` finds procedures by what people type, ``times`` compares time limits, ``completeness``
says which parts a procedure lacks. A field there is a property of the schema, with the same name; a field without a default is required.

``fields`` holds them to what their annotations say.
"""

from onestop_core._public import publish
from onestop_core.catalogue.values.cases import (
    Answer,
    AnswerCondition,
    DecisionRule,
    ProcedureCase,
    Question,
    Statement,
)
from onestop_core.catalogue.values.catalogue import Catalogue, Suppression
from onestop_core.catalogue.values.codes import (
    ApplicantKind,
    AuthorityLevel,
    ChannelKind,
    FeeKind,
    FeeSetter,
    LimitStart,
    NonTerritorial,
    ProcedureKind,
    ReceptionWay,
    ResultForm,
    ScanExemption,
    Scope,
    StepRole,
    WithoutTime,
)
from onestop_core.catalogue.values.completeness import PublishedPart, missing_parts
from onestop_core.catalogue.values.money import Fee, FeeShare, Reduction, Tier
from onestop_core.catalogue.values.offers import Limit, OfferedChannel, Start
from onestop_core.catalogue.values.papers import Alternative, ApplicationForm, File, Paper, PaperPart, ProcedureResult
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
from onestop_core.catalogue.values.procedure import Authority, Field, Procedure, ProcedureStep, ReceivingPlace

__all__ = [
    "Alternative",
    "Answer",
    "AnswerCondition",
    "ApplicantKind",
    "ApplicationForm",
    "Authority",
    "AuthorityLevel",
    "Body",
    "Catalogue",
    "ChannelKind",
    "Contact",
    "Decision",
    "DecisionRule",
    "Electronic",
    "Fee",
    "FeeKind",
    "FeeSetter",
    "FeeShare",
    "Field",
    "File",
    "Limit",
    "LimitStart",
    "Linked",
    "LinkedProcedure",
    "Mechanism",
    "NonTerritorial",
    "Obligation",
    "Occasion",
    "OfferedChannel",
    "Paper",
    "PaperPart",
    "Procedure",
    "ProcedureCase",
    "ProcedureKind",
    "ProcedureResult",
    "ProcedureStatus",
    "ProcedureStep",
    "PublishedPart",
    "Question",
    "ReceivingPlace",
    "ReceptionWay",
    "Reduction",
    "ResultForm",
    "ScanExemption",
    "Scope",
    "Start",
    "Statement",
    "StepRole",
    "Suppression",
    "Tier",
    "WithoutTime",
    "missing_parts",
]

publish(globals())
