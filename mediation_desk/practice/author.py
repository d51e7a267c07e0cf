"""Writes the case files of an invented centre, one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from mediation_desk.agreements.model import AgreementForm, Unresolved
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.model import (
    Calculation,
    CaseFile,
    Claim,
    CourtMode,
    CourtReferral,
    Decision,
    Difficulty,
    Dispute,
    Evidence,
    EvidenceKind,
    Extension,
    DayUnit,
    Intake,
    Investigation,
    Outcome,
    Prevented,
    Result,
    SourceStat,
    Track,
)
from mediation_desk.cases.numbering import number_text
from mediation_desk.cases.registering import claims_total, scale_of
from mediation_desk.practice import closing, days
from mediation_desk.practice.dice import Dice, Weighted
from mediation_desk.practice.hearing import Hearing, hear
from mediation_desk.practice.material import Story, centre, stories
from mediation_desk.practice.people import words
from mediation_desk.practice.plan import EXTENSION_DAYS, Plan, draw
from mediation_desk.practice.series import CASE_CODES, Series
from mediation_desk.practice.settlement import amount_of, settle
from mediation_desk.practice.sides import Register, Sides, yuan
