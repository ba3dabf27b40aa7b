"""How things stood on a day (`peildatum`): what existed then, and what held then.

The day is the one on which a fact held (the date of a document, the day a status took effect), not the moment it was
recorded here. What has no day of its own (a title, a note) is shown as it is now.
"""

import datetime
from typing import Any

from django.db import models
from django.db.models import Case, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce

from maatregelen.models import (
    AFGEROND,
    BetrokkenheidRol,
    Maatregel,
    Organisatiesoort,
    Pijler,
    Status,
    Statuswijziging,
    Voortgang,
)
from maatregelen.models.agenda import AgendaQuerySet
from maatregelen.models.maatregel import BetrokkenheidQuerySet, MaatregelQuerySet
from maatregelen.models.mijlpaal import MijlpaalQuerySet
from maatregelen.models.organisatie import OrganisatieQuerySet


def _status_per(maatregel: str, peildatum: datetime.date) -> Coalesce:
    """The status that held on the day; a measure without a row by then is what every measure starts as."""
    laatste = Statuswijziging.objects.filter(maatregel=OuterRef(maatregel), per__lte=peildatum).order_by("-per", "-id")
    return Coalesce(Subquery(laatste.values("naar")[:1]), Value(Status.AANGEKONDIGD.value))


def _voortgang_per(veld: str, uitvoer: "models.Field[Any, Any]", peildatum: datetime.date, anders: Any) -> Case:
    """A field of the last report of progress by the day; after a later report the history still has it."""
    historie: Any = Maatregel.pgh_event_model.objects  # type: ignore[attr-defined]
    eerder = historie.filter(pgh_obj=OuterRef("pk"), voortgang_op__lte=peildatum).order_by("-voortgang_op", "-pgh_id")
    return Case(
        When(voortgang_op__lte=peildatum, then=F(veld)),
        When(voortgang_op=None, then=Value(anders, output_field=uitvoer)),
        default=Coalesce(Subquery(eerder.values(veld)[:1]), Value(anders, output_field=uitvoer), output_field=uitvoer),
        output_field=uitvoer,
    )


def agendas_per(rijen: AgendaQuerySet, peildatum: datetime.date) -> AgendaQuerySet:
    """The agendas that existed on the day."""
    return rijen.per(peildatum)


def pijlers_per(rijen: QuerySet[Pijler], peildatum: datetime.date) -> QuerySet[Pijler]:
    """The sections of the agendas that existed on the day."""
    return rijen.filter(agenda__geldt_vanaf__lte=peildatum)


def organisaties_per(rijen: OrganisatieQuerySet, peildatum: datetime.date) -> OrganisatieQuerySet:
    """The organisations that existed on the day."""
    return rijen.geldig(peildatum)


def maatregelen_per(rijen: MaatregelQuerySet, peildatum: datetime.date) -> MaatregelQuerySet:
    """The measures that existed on the day, annotated with what held then.

    `status_per`; `voortgang_per`, `voortgang_op_per` and `voortgang_toelichting_per` (what the owner had last said).
    """
    return rijen.per(peildatum).annotate(
        status_per=_status_per("pk", peildatum),
        voortgang_per=_voortgang_per("voortgang", TextField(), peildatum, Voortgang.NIET_GEMELD.value),
        voortgang_op_per=_voortgang_per("voortgang_op", DateField(), peildatum, None),
        voortgang_toelichting_per=_voortgang_per("voortgang_toelichting", TextField(), peildatum, ""),
    )


def betrokkenheden_per(rijen: BetrokkenheidQuerySet, peildatum: datetime.date) -> BetrokkenheidQuerySet:
    """The involvement that held on the day."""
    return rijen.filter(Q(vanaf__lte=peildatum), Q(tot=None) | Q(tot__gt=peildatum))


def trekkers_per(rijen: BetrokkenheidQuerySet, peildatum: datetime.date) -> BetrokkenheidQuerySet:
    """Who had to do it on the day: responsible, and an organisation with people."""
    return (
        betrokkenheden_per(rijen, peildatum)
        .filter(rol=BetrokkenheidRol.VERANTWOORDELIJK)
        .exclude(organisatie__soort=Organisatiesoort.AANDUIDING)
    )


def mijlpalen_per(rijen: MijlpaalQuerySet, peildatum: datetime.date) -> MijlpaalQuerySet:
    """The milestones whose words were written by the day, annotated with what was reached.

    `behaald_per` and `bewijs_per`: the day it was reached and from what that shows, if that was by then.
    """
    return rijen.filter(maatregel__geldt_vanaf__lte=peildatum, peildatum__lte=peildatum).annotate(
        behaald_per=Case(When(behaald_op__lte=peildatum, then=F("behaald_op")), output_field=DateField()),
        bewijs_per=Case(
            When(behaald_op__lte=peildatum, then=F("behaald_bewijs")), default=Value(""), output_field=TextField()
        ),
    )


def verlopen_per(rijen: MijlpaalQuerySet, peildatum: datetime.date) -> MijlpaalQuerySet:
    """Milestones not reached by the day although their latest day had passed, of work that was still to be done."""
    return (
        mijlpalen_per(rijen, peildatum)
        .filter(
            Q(behaald_op=None) | Q(behaald_op__gt=peildatum),
            einde__lt=peildatum,
            maatregel__pijler__agenda__is_lopend=True,
        )
        .annotate(maatregelstatus_per=_status_per("maatregel", peildatum))
        .exclude(maatregelstatus_per__in=AFGEROND)
    )


def te_laat_per(rijen: MijlpaalQuerySet, peildatum: datetime.date) -> MijlpaalQuerySet:
    """Those of `verlopen_per` of measures whose state somebody had reported by the day."""
    historie: Any = Maatregel.pgh_event_model.objects  # type: ignore[attr-defined]
    status = Statuswijziging.objects.filter(maatregel=OuterRef("maatregel"), per__lte=peildatum, door__isnull=False)
    voortgang = historie.filter(pgh_obj=OuterRef("maatregel"), voortgang_op__lte=peildatum)
    return verlopen_per(rijen, peildatum).filter(Q(Exists(status)) | Q(Exists(voortgang)))


def statuswijzigingen_per(rijen: QuerySet[Statuswijziging], peildatum: datetime.date) -> QuerySet[Statuswijziging]:
    """The changes of status that had taken effect by the day."""
    return rijen.filter(per__lte=peildatum)
