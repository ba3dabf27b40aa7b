"""What an organisation that ends has in hand at the table: its open actions and its seats; and moving them.

What was said, decided and done at meetings stays under the old name.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from maatregelen.models import Organisatie, Persoon
from regietafel.actiepunten import Trekker, draag_over
from regietafel.deelname import zet_lid
from regietafel.models import (
    GEWEEST,
    Actiepunt,
    Actiestand,
    Agendapunt,
    Bijlage,
    Reekslid,
    Vergadering,
)

LENGTE_AMBT: int = Reekslid._meta.get_field("ambt").max_length or 0
AFGESCHERMD = (Vergadering, Agendapunt, Bijlage)


@dataclass(frozen=True)
class Tafelwerk:
    """The open actions of an organisation, its seats that last beyond a day, and where it is expected. What it was
    only asked (`verzoeken`) stays in its name: nobody agreed on it, so there is nothing to hand over.
    """

    acties: list[Actiepunt]
    verzoeken: int
    zetels: list[Reekslid]
    # Series (id) in which somebody else than this organisation has a seat: who, by organisation.
    zitten_al: dict[int, set[int]]
    afgeschermd: dict[str, int]
    # Meetings to come with the organisation on their list, or opening a point.
    vergaderingen: list[Vergadering]

    @property
    def kenmerk(self) -> tuple[Any, ...]:
        """Changes as soon as other rows would move."""
        return (
            sorted(actie.pk for actie in self.acties),
            sorted((zetel.pk, str(zetel.tot)) for zetel in self.zetels),
            sorted(self.afgeschermd.items()),
        )


@dataclass(frozen=True)
class Zetelkeuze:
    """Who takes a seat over, in which office; `organisatie` None: nobody, the seat ends."""

    organisatie: Organisatie | None
    ambt: str = ""


@dataclass(frozen=True)
class Tafelverdeling:
    """Who does each action (by id, else `opvolger`; None: it stays), and who takes each seat."""

    opvolger: Organisatie
    acties: Mapping[int, Organisatie | None] = field(default_factory=dict)
    zetels: Mapping[int, Zetelkeuze] = field(default_factory=dict)


@dataclass
class Tafelverhuizing:
    """What moved at the table, counted."""

    acties: int = 0
    zetels_over: int = 0
    zetels_einde: int = 0
    afgeschermd: int = 0


def tafelwerk(organisatie: Organisatie, dag: datetime.date) -> Tafelwerk:
    """What an organisation that ends on `dag` has in hand at the table now. As many questions whatever it has."""
    zetels = list(
        Reekslid.objects.niet_voorbij(dag)
        .filter(organisatie=organisatie)
        .select_related("reeks")
        .order_by("reeks__naam", "volgorde", "pk")
    )
    zitten_al: dict[int, set[int]] = {}
    for reeks, wie in (
        Reekslid.objects.niet_voorbij(dag)
        .filter(reeks__in=[zetel.reeks_id for zetel in zetels])
        .exclude(organisatie=organisatie)
        .values_list("reeks_id", "organisatie_id")
    ):
        zitten_al.setdefault(reeks, set()).add(wie)
    komend = Vergadering.objects.exclude(staat__in=GEWEEST)
    genoemd = Q(deelnames__organisatie=organisatie) | Q(agendapunten__inleiding__organisatie=organisatie)
    return Tafelwerk(
        acties=list(
            Actiepunt.objects.open()
            .filter(organisatie=organisatie)
            .select_related("persoon", "agendapunt")
            .order_by(F("einde").asc(nulls_last=True), "code")
        ),
        verzoeken=Actiepunt.objects.filter(
            organisatie=organisatie, stand=Actiestand.OPEN, is_afgesproken=False
        ).count(),
        zetels=zetels,
        zitten_al=zitten_al,
        afgeschermd={
            str(soort._meta.verbose_name_plural): aantal
            for soort in AFGESCHERMD
            if (aantal := soort._default_manager.filter(afgeschermd_voor=organisatie).count())
        },
        vergaderingen=list(komend.filter(genoemd).distinct().order_by("datum", "pk")),
    )


def draag_tafelwerk_over(
    organisatie: Organisatie,
    dag: datetime.date,
    verdeling: Tafelverdeling,
    *,
    hoort_bij: Callable[[int, Organisatie], bool],
    reden: str,
    door: Persoon,
    vandaag: datetime.date,
    moment: datetime.datetime,
) -> Tafelverhuizing:
    """Move the open actions, and end the seats per the day; all of it or nothing. On a day before `dag` the seats only.

    An action that is on somebody's name keeps that name where `hoort_bij` says that this person (id) is of that
    organisation by now. Raises what draag_over raises.
    """
    uit = Tafelverhuizing()
    with transaction.atomic():
        if dag <= vandaag:
            werk = tafelwerk(organisatie, dag)
            for actie in sorted(werk.acties, key=lambda rij: rij.pk):
                doel = verdeling.acties.get(actie.pk, verdeling.opvolger)
                if doel is None:
                    continue
                blijft = actie.persoon_id is not None and hoort_bij(actie.persoon_id, doel)
                naar = Trekker(doel, actie.persoon if blijft else None, actie.wie_tekst)
                draag_over(actie, naar, reden=reden, door=door, vandaag=vandaag, versie=None, moment=moment)
                uit.acties += 1
            uit.afgeschermd = _afscherming(organisatie, verdeling.opvolger, moment)
        _zetels(organisatie, dag, verdeling, uit, moment)
    return uit


def _afscherming(organisatie: Organisatie, opvolger: Organisatie, moment: datetime.datetime) -> int:
    """Let the successor see what was shielded for it, also of meetings whose minutes are closed: else nobody would."""
    return sum(
        soort._default_manager.filter(afgeschermd_voor=organisatie).update(
            afgeschermd_voor=opvolger, versie=F("versie") + 1, gewijzigd_op=moment
        )
        for soort in AFGESCHERMD
    )


def _zetels(
    organisatie: Organisatie,
    dag: datetime.date,
    verdeling: Tafelverdeling,
    uit: Tafelverhuizing,
    moment: datetime.datetime,
) -> None:
    """End the seats per the day, and give the same person one elsewhere where that was chosen. A seat that would only
    have begun later is taken away; history keeps it.
    """
    for zetel in tafelwerk(organisatie, dag).zetels:
        if zetel.pk not in verdeling.zetels:
            continue
        keuze, oud = verdeling.zetels[zetel.pk], zetel.tot
        vanaf = max(dag, zetel.vanaf)
        vast = {naam: getattr(zetel, naam) for naam in ("aanhef", "naam", "is_voorzitter", "volgorde")}
        if zetel.vanaf >= dag:
            zetel.delete()
        else:
            eigen = {naam: getattr(zetel, naam) for naam in ("organisatie", "ambt", "naam", "vanaf")}
            zet_lid(zetel.reeks, zetel, {**eigen, "tot": dag}, versie=None, moment=moment)
        if keuze.organisatie is None:
            uit.zetels_einde += 1
            continue
        nieuw = {**vast, "organisatie": keuze.organisatie, "ambt": keuze.ambt.strip() or zetel.ambt, "vanaf": vanaf}
        zelfde = {naam: nieuw[naam] for naam in ("organisatie", "ambt", "naam", "vanaf")}
        if not Reekslid.objects.filter(reeks=zetel.reeks_id, **zelfde).exists():
            zet_lid(zetel.reeks, None, {**nieuw, "tot": oud}, versie=None, moment=moment)
        uit.zetels_over += 1
