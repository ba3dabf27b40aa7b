"""Selections that a person follows: begin, say what is to be told, stop; and which measures they cover now."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q

from maatregelen.models import Agenda, Maatregel, Organisatie, Persoon, Pijler, Status, Thema, Volgfilter
from maatregelen.models.maatregel import MaatregelQuerySet

MEESTE = 50  # per person
NAAMLENGTE = 120
MELDINGEN = ("meld_nieuw", "meld_gewijzigd", "meld_nadert", "meld_te_laat")


@dataclass(frozen=True)
class Keuze:
    """What a selection names; what does not matter is left empty."""

    agenda: Agenda | None = None
    pijler: Pijler | None = None
    organisatie: Organisatie | None = None
    thema: Thema | None = None
    status: str = ""

    def __bool__(self) -> bool:
        """Whether it names anything."""
        return any((self.agenda, self.pijler, self.organisatie, self.thema, self.status))

    def kort(self) -> "Keuze":
        """The same without what follows from the rest: a pijler belongs to one agenda."""
        if self.pijler is not None and self.agenda == self.pijler.agenda:
            return Keuze(None, self.pijler, self.organisatie, self.thema, self.status)
        return self

    def rijen(self, persoon: Persoon) -> Q:
        """How this selection of a person is found back."""
        return Q(
            persoon=persoon,
            agenda=self.agenda,
            pijler=self.pijler,
            organisatie=self.organisatie,
            thema=self.thema,
            status=self.status,
        )

    @property
    def woorden(self) -> list[str]:
        """What it names, part by part, as people say it."""
        delen = []
        if self.organisatie is not None:
            delen.append(f"verantwoordelijk {self.organisatie}")
        if self.agenda is not None:
            delen.append(self.agenda.titel)
        if self.pijler is not None:
            delen.append(f"pijler {self.pijler} in {self.pijler.agenda.titel}")
        if self.thema is not None:
            delen.append(f"thema {self.thema}")
        if self.status:
            delen.append(f"status {Status(self.status).label}")
        return delen

    @property
    def naam(self) -> str:
        """The name it starts with; its person may choose another."""
        tekst = ", ".join(self.woorden)
        tekst = tekst[:1].upper() + tekst[1:]
        return tekst if len(tekst) <= NAAMLENGTE else f"{tekst[: NAAMLENGTE - 1].rstrip()}…"


def keuze_van(volgfilter: Volgfilter) -> Keuze:
    """What a followed selection names."""
    return Keuze(volgfilter.agenda, volgfilter.pijler, volgfilter.organisatie, volgfilter.thema, volgfilter.status)


def maatregelen_van(volgfilter: Volgfilter) -> MaatregelQuerySet:
    """The measures that a selection covers now; what its person may see is asked elsewhere."""
    return Maatregel.objects.all().van_filter(volgfilter)


def aantallen(volgfilters: Iterable[Volgfilter], zichtbaar: MaatregelQuerySet) -> dict[int, int]:
    """How many of the visible measures each selection (id) covers. One query, none without selections."""
    tellingen = {
        f"f{een.pk}": Count("pk", filter=Q(pk__in=maatregelen_van(een).order_by().values("pk"))) for een in volgfilters
    }
    if not tellingen:
        return {}
    return {int(naam[1:]): aantal for naam, aantal in zichtbaar.aggregate(**tellingen).items()}


def selecties_van(persoon: Persoon) -> list[Volgfilter]:
    """The selections of a person, with what they name, by name. One query."""
    return list(persoon.volgfilters.select_related("agenda", "pijler__agenda", "organisatie", "thema"))


def gevolgd(persoon: Persoon | None, keuze: Keuze) -> Volgfilter | None:
    """The selection by which this person follows exactly this, if any; a visitor follows nothing."""
    return Volgfilter.objects.filter(keuze.kort().rijen(persoon)).first() if persoon else None


@dataclass(frozen=True)
class Gevolgd:
    """What of one agenda a person follows as it is: the whole, and sections (ids)."""

    geheel: bool
    pijlers: frozenset[int]


def gevolgd_in(persoon: Persoon | None, agenda: Agenda) -> Gevolgd:
    """What of this agenda the person follows without narrowing it down further; a visitor nothing. One query."""
    if persoon is None:
        return Gevolgd(False, frozenset())
    rijen = persoon.volgfilters.filter(
        Q(agenda=agenda) | Q(pijler__agenda=agenda), organisatie=None, thema=None, status=""
    ).values_list("pijler_id", flat=True)
    gevonden = set(rijen)
    return Gevolgd(None in gevonden, frozenset(pk for pk in gevonden if pk is not None))


def maak(persoon: Persoon, keuze: Keuze, *, moment: datetime.datetime, naam: str = "") -> tuple[Volgfilter, bool]:
    """Begin to follow a selection: it, and whether it is new. The same one twice is one.

    Raises ValidationError: it names nothing, nothing could ever match, or there are too many.
    """
    keuze = keuze.kort()
    if not keuze:
        raise ValidationError("Kies eerst een agenda, pijler, verantwoordelijke organisatie, thema of status.")
    if keuze.agenda is not None and keuze.pijler is not None:
        raise ValidationError("Deze pijler hoort bij een andere agenda: hier valt nooit een maatregel onder.")
    if keuze.organisatie is not None and keuze.organisatie.is_aanduiding:
        raise ValidationError(f"Bij '{keuze.organisatie}' horen geen mensen: het is nooit trekker van een maatregel.")
    with transaction.atomic():
        # One after another, so that two clicks at once are one selection and the number stays within bounds.
        Persoon.objects.select_for_update().get(pk=persoon.pk)
        if bestaand := gevolgd(persoon, keuze):
            return bestaand, False
        if persoon.volgfilters.count() >= MEESTE:
            raise ValidationError(f"U volgt al {MEESTE} selecties. Stop er eerst een.")
        nieuw = Volgfilter.objects.create(
            persoon=persoon,
            naam=_naam(naam) if naam.strip() else keuze.naam,
            agenda=keuze.agenda,
            pijler=keuze.pijler,
            organisatie=keuze.organisatie,
            thema=keuze.thema,
            status=keuze.status,
            sinds=moment,
        )
        return nieuw, True


def wijzig(volgfilter: Volgfilter, *, naam: str, meldingen: Collection[str], moment: datetime.datetime) -> None:
    """Another name, and what is told about it (names of MELDINGEN); nothing at all keeps it without mail.

    After a time without any mail it counts from `moment`: what happened meanwhile is not told.
    Raises ValidationError for an empty or too long name.
    """
    nieuwe_naam = _naam(naam)
    with transaction.atomic():
        rij = Volgfilter.objects.select_for_update().get(pk=volgfilter.pk)
        zweeg = not rij.meldt
        rij.naam = nieuwe_naam
        for veld in MELDINGEN:
            setattr(rij, veld, veld in meldingen)
        if zweeg and rij.meldt:
            rij.sinds = moment
        rij.save()


def stop(volgfilter: Volgfilter) -> None:
    """No longer follow it; history keeps that it was."""
    Volgfilter.objects.filter(pk=volgfilter.pk).delete()


def _naam(tekst: str) -> str:
    naam = " ".join(tekst.replace("\x00", "").split())
    if not naam:
        raise ValidationError({"naam": "Geef de selectie een naam."})
    if len(naam) > NAAMLENGTE:
        raise ValidationError({"naam": f"Gebruik hoogstens {NAAMLENGTE} tekens."})
    return naam
