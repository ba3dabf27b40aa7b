"""What the data says about a measure: not its status, not the owner's word.

A signal is a sentence, never an accusation.

Only running agendas give signals: what is history or was never agreed asks for nothing.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models
from django.db.models import Exists, OuterRef, Q

from maatregelen.models import (
    Aard,
    Betrokkenheid,
    Maatregel,
    Mijlpaal,
    Status,
)
from maatregelen.models.maatregel import MaatregelQuerySet
from maatregelen.models.mijlpaal import MijlpaalQuerySet

# Starting points, goals, context and existing policy need no owner; requests, proposals and offers were not agreed.
VRAAGT_TREKKER = (Aard.MAATREGEL, Aard.AANGEKONDIGD)
STIL_NA_DAGEN = 180


class Signaalsoort(models.TextChoices):
    TE_LAAT = "te_laat", "te laat"
    STAND_NIET_GEMELD = "stand_niet_gemeld", "termijn voorbij, stand niet gemeld"
    GEEN_TREKKER = "geen_trekker", "geen trekker"
    OPGEHEVEN = "opgeheven", "opgeheven organisatie"
    STILSTAND = "stilstand", "stilstand"


@dataclass(frozen=True)
class Signaal:
    """A sentence about a measure; `nu` says that it needs somebody now."""

    soort: Signaalsoort
    zin: str
    nu: bool


def te_laat(mijlpalen: MijlpaalQuerySet, vandaag: datetime.date) -> MijlpaalQuerySet:
    """Open milestones whose latest day has passed, of measures whose state somebody has reported."""
    return mijlpalen.verlopen(vandaag).filter(_gemeld())


def stand_niet_gemeld(mijlpalen: MijlpaalQuerySet, vandaag: datetime.date) -> MijlpaalQuerySet:
    """Open milestones whose latest day has passed, of measures whose state nobody ever reported here."""
    return mijlpalen.verlopen(vandaag).exclude(_gemeld())


def _gemeld() -> Q:
    return Q(Exists(Maatregel.objects.met_stand_gemeld().filter(Q(stand_gemeld=True), pk=OuterRef("maatregel"))))


def zonder_trekker(maatregelen: MaatregelQuerySet) -> MaatregelQuerySet:
    """Running measures for which no organisation with people is responsible."""
    return maatregelen.lopend().filter(
        ~Exists(Betrokkenheid.objects.trekkers().filter(maatregel=OuterRef("pk"))), aard__in=VRAAGT_TREKKER
    )


def _dagen(aantal: int) -> str:
    return "1 dag" if aantal == 1 else f"{aantal} dagen"


def signalen(
    maatregel: Maatregel,
    *,
    vandaag: datetime.date,
    verantwoordelijken: Sequence[Betrokkenheid],
    mijlpalen: Sequence[Mijlpaal],
    stand_gemeld: bool,
    laatst_gemeld: datetime.date | None = None,
) -> list[Signaal]:
    """What the data says about one measure, most urgent first; asks the database nothing.

    `laatst_gemeld` is the last day on which a person reported status or progress, if ever.
    """
    if maatregel.is_afgerond or not maatregel.pijler.agenda.is_lopend:
        return []
    uit: list[Signaal] = []
    for mijlpaal in mijlpalen:
        if not mijlpaal.is_te_laat(vandaag):
            continue
        over = _dagen((vandaag - mijlpaal.einde).days) if mijlpaal.einde else ""
        if stand_gemeld:
            uit.append(Signaal(Signaalsoort.TE_LAAT, f"{over} over tijd: {mijlpaal.omschrijving}", nu=True))
        else:
            uit.append(
                Signaal(
                    Signaalsoort.STAND_NIET_GEMELD,
                    f"Termijn {over} voorbij, stand niet gemeld: {mijlpaal.omschrijving}",
                    nu=True,
                )
            )
    trekkers = [rij.organisatie for rij in verantwoordelijken if not rij.organisatie.is_aanduiding]
    if not trekkers and maatregel.aard in VRAAGT_TREKKER:
        uit.append(Signaal(Signaalsoort.GEEN_TREKKER, "Er is geen trekker aangewezen.", nu=True))
    for organisatie in trekkers:
        if organisatie.is_opgeheven(vandaag):
            opvolger = f"; het werk ligt bij {organisatie.opvolger}" if organisatie.opvolger else ", zonder opvolger"
            uit.append(
                Signaal(
                    Signaalsoort.OPGEHEVEN,
                    f"{organisatie} is opgeheven{opvolger}.",
                    nu=organisatie.opvolger_id is None,
                )
            )
    if (
        maatregel.status in (Status.IN_VOORBEREIDING, Status.IN_UITVOERING)
        and laatst_gemeld is not None
        and (vandaag - laatst_gemeld).days > STIL_NA_DAGEN
    ):
        uit.append(
            Signaal(Signaalsoort.STILSTAND, f"Al {(vandaag - laatst_gemeld).days} dagen niets gemeld.", nu=False)
        )
    return uit
