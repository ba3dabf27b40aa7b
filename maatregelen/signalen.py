"""What the data says about a measure: not its status, not the owner's word.

A signal is a sentence, never an accusation.

Only running agendas give signals: what is history or was never agreed asks for nothing.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Greatest

from maatregelen.herinnerschema import vaag_na
from maatregelen.models import (
    Aard,
    Betrokkenheid,
    Maatregel,
    Mijlpaal,
    Status,
    Statuswijziging,
)
from maatregelen.models.maatregel import MaatregelQuerySet
from maatregelen.models.mijlpaal import MijlpaalQuerySet
from maatregelen.termijnbewaking import is_lang_vaag, vaag_sinds

# Starting points, goals, context and existing policy need no owner; requests, proposals and offers were not agreed.
VRAAGT_TREKKER = (Aard.MAATREGEL, Aard.AANGEKONDIGD)
STIL_NA_DAGEN = 180
IN_BEWEGING = (Status.IN_VOORBEREIDING, Status.IN_UITVOERING)


class Signaalsoort(models.TextChoices):
    TE_LAAT = "te_laat", "te laat"
    STAND_NIET_GEMELD = "stand_niet_gemeld", "termijn voorbij, stand niet gemeld"
    GEEN_TREKKER = "geen_trekker", "geen trekker"
    OPGEHEVEN = "opgeheven", "opgeheven organisatie"
    STILSTAND = "stilstand", "stilstand"
    AL_LANG_VAAG = "al_lang_vaag", "al lang zonder datum"


@dataclass(frozen=True)
class Signaal:
    """A sentence about a measure; `nu` says that it needs somebody now."""

    soort: Signaalsoort
    zin: str
    nu: bool


def met_stand_gemeld(mijlpalen: MijlpaalQuerySet) -> MijlpaalQuerySet:
    """Annotated with `stand_gemeld`: whether a person has said here how the measure stands."""
    gemeld = Maatregel.objects.met_stand_gemeld().filter(Q(stand_gemeld=True), pk=OuterRef("maatregel"))
    return mijlpalen.annotate(stand_gemeld=Exists(gemeld))


def te_laat(mijlpalen: MijlpaalQuerySet, vandaag: datetime.date) -> MijlpaalQuerySet:
    """Open milestones whose latest day has passed, of measures whose state somebody has reported."""
    return met_stand_gemeld(mijlpalen.verlopen(vandaag)).filter(Q(stand_gemeld=True))


def stand_niet_gemeld(mijlpalen: MijlpaalQuerySet, vandaag: datetime.date) -> MijlpaalQuerySet:
    """Open milestones whose latest day has passed, of measures whose state nobody ever reported here."""
    return met_stand_gemeld(mijlpalen.verlopen(vandaag)).filter(Q(stand_gemeld=False))


def zonder_trekker(maatregelen: MaatregelQuerySet) -> MaatregelQuerySet:
    """Running measures for which no organisation with people is responsible."""
    return maatregelen.lopend().filter(
        ~Exists(Betrokkenheid.objects.trekkers().filter(maatregel=OuterRef("pk"))), aard__in=VRAAGT_TREKKER
    )


def met_laatst_gemeld(maatregelen: MaatregelQuerySet) -> MaatregelQuerySet:
    """Annotated with `stand_gemeld` and `laatst_gemeld`: the last day on which a person reported status or progress."""
    status = Statuswijziging.objects.filter(maatregel=OuterRef("pk"), door__isnull=False).order_by("-per", "-id")
    laatste = Subquery(status.values("per")[:1])
    # Greatest of a day and nothing is that day in PostgreSQL.
    return maatregelen.met_stand_gemeld().annotate(laatst_gemeld=Greatest(laatste, F("voortgang_op")))


def geef_laatst_gemeld(maatregelen: Sequence[Maatregel]) -> None:
    """Give measures that were read already `stand_gemeld` and `laatst_gemeld`, as met_laatst_gemeld() does; one query.

    Quicker than asking it of each row while looking back, where every row of the history is looked up first.
    """
    status = Statuswijziging.objects.filter(maatregel__in=[rij.pk for rij in maatregelen], door__isnull=False)
    laatste = dict(status.order_by().values_list("maatregel").annotate(laatste=Max("per")))
    for rij in maatregelen:
        dagen = [dag for dag in (laatste.get(rij.pk), rij.voortgang_op) if dag]
        rij.stand_gemeld = bool(dagen)  # type: ignore[attr-defined]
        rij.laatst_gemeld = max(dagen, default=None)  # type: ignore[attr-defined]


def met_signaal(maatregelen: MaatregelQuerySet, soort: str, vandaag: datetime.date) -> MaatregelQuerySet:
    """The measures that give this signal; the same question as `signalen`, asked of the database."""
    if soort == Signaalsoort.TE_LAAT:
        return maatregelen.filter(pk__in=te_laat(Mijlpaal.objects.all(), vandaag).values("maatregel"))
    if soort == Signaalsoort.STAND_NIET_GEMELD:
        return maatregelen.filter(pk__in=stand_niet_gemeld(Mijlpaal.objects.all(), vandaag).values("maatregel"))
    if soort == Signaalsoort.GEEN_TREKKER:
        return zonder_trekker(maatregelen)
    if soort == Signaalsoort.OPGEHEVEN:
        opgeheven = Betrokkenheid.objects.trekkers().filter(
            maatregel=OuterRef("pk"), organisatie__geldig_tot__lte=vandaag
        )
        return maatregelen.lopend().filter(Exists(opgeheven))
    if soort == Signaalsoort.AL_LANG_VAAG:
        return maatregelen.filter(pk__in=Mijlpaal.objects.lang_vaag(vandaag, vaag_na()).values("maatregel"))
    stil_sinds = vandaag - datetime.timedelta(days=STIL_NA_DAGEN)
    return met_laatst_gemeld(maatregelen.lopend()).filter(Q(laatst_gemeld__lt=stil_sinds), status__in=IN_BEWEGING)


def _dagen(aantal: int) -> str:
    return "1 dag" if aantal == 1 else f"{aantal} dagen"


def termijnsignaal(mijlpaal: Mijlpaal, *, vandaag: datetime.date, stand_gemeld: bool) -> Signaal:
    """What is to be said of a milestone whose latest day has passed."""
    over = _dagen((vandaag - mijlpaal.einde).days) if mijlpaal.einde else ""
    if stand_gemeld:
        return Signaal(Signaalsoort.TE_LAAT, f"{over} over tijd: {mijlpaal.omschrijving}", nu=True)
    return Signaal(
        Signaalsoort.STAND_NIET_GEMELD, f"Termijn {over} voorbij, stand niet gemeld: {mijlpaal.omschrijving}", nu=True
    )


def vaagsignaal(mijlpaal: Mijlpaal, *, vandaag: datetime.date, vaag_na: Mapping[str, int]) -> Signaal | None:
    """What is to be said of an open milestone that has had no day for long, if anything.

    `vaag_na`: after how many days that is long, per hardheid.
    """
    if not is_lang_vaag(mijlpaal, vandaag=vandaag, na_dagen=vaag_na[mijlpaal.hardheid]):
        return None
    al = _dagen((vandaag - vaag_sinds(mijlpaal)).days)
    return Signaal(Signaalsoort.AL_LANG_VAAG, f"Al {al} zonder datum: {mijlpaal.omschrijving}", nu=False)


def signalen(
    maatregel: Maatregel,
    *,
    vandaag: datetime.date,
    verantwoordelijken: Sequence[Betrokkenheid],
    mijlpalen: Sequence[Mijlpaal],
    stand_gemeld: bool,
    laatst_gemeld: datetime.date | None = None,
    vaag_na: Mapping[str, int],
) -> list[Signaal]:
    """What the data says about one measure, most urgent first; asks the database nothing.

    `laatst_gemeld` is the last day on which a person reported status or progress, if ever; `vaag_na` after how many
    days without a date a milestone is called so, per hardheid.
    """
    if maatregel.is_afgerond or not maatregel.pijler.agenda.is_lopend:
        return []
    uit: list[Signaal] = []
    for mijlpaal in mijlpalen:
        if not mijlpaal.is_te_laat(vandaag):
            continue
        uit.append(termijnsignaal(mijlpaal, vandaag=vandaag, stand_gemeld=stand_gemeld))
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
    if maatregel.status in IN_BEWEGING and laatst_gemeld is not None and (vandaag - laatst_gemeld).days > STIL_NA_DAGEN:
        uit.append(
            Signaal(Signaalsoort.STILSTAND, f"Al {(vandaag - laatst_gemeld).days} dagen niets gemeld.", nu=False)
        )
    vaag = (vaagsignaal(mijlpaal, vandaag=vandaag, vaag_na=vaag_na) for mijlpaal in mijlpalen)
    uit += [signaal for signaal in vaag if signaal is not None]
    return uit
