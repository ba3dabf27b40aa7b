"""What the table said, decided and agreed, for one measure or one organisation; and its two figures. Reads only."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from maatregelen.models import Betrokkenheid, BetrokkenheidRol, Maatregel
from regietafel.models import (
    Actiemaatregel,
    Actiepunt,
    Agendapunt,
    Besluit,
    Deelname,
    Inbreng,
    Terugkoppeling,
    Terugkoppelstand,
    Vergadercijfer,
    Vergadering,
)
from regietafel.models.actiepunt import ActiepuntQuerySet
from regietafel.models.vergadering import VergaderingQuerySet
from regietafel.models.verslag import TerugkoppelingQuerySet
from regietafel.terugkoppelingen import dag_van

VERGADERING = "agendapunt__vergadering"


# --- The two figures, and exactly the rows behind them


def van_trekkers(terugkoppelingen: TerugkoppelingQuerySet, organisaties: Collection[int]) -> TerugkoppelingQuerySet:
    """Those about a measure that one of these organisations answers for."""
    rol = Betrokkenheid.objects.geldend().filter(
        rol=BetrokkenheidRol.VERANTWOORDELIJK, organisatie__in=organisaties, maatregel=OuterRef("maatregel")
    )
    return terugkoppelingen.filter(Exists(rol))


def rond_organisaties(actiepunten: ActiepuntQuerySet, organisaties: Collection[int]) -> ActiepuntQuerySet:
    """Actions about a measure in which one of these organisations has a role: what is nobody's may be theirs."""
    rol = Betrokkenheid.objects.geldend().filter(organisatie__in=organisaties).values("maatregel")
    return actiepunten.filter(Exists(Actiemaatregel.objects.filter(actiepunt=OuterRef("pk"), maatregel__in=rol)))


def _is_zonder_trekker() -> Q:
    """A decision to carry out that nobody answers for: its measure is nobody's, or no action of it is somebody's."""
    trekker = Betrokkenheid.objects.trekkers().filter(maatregel=OuterRef("maatregel"))
    actie = Actiepunt.objects.filter(besluit=OuterRef("besluit")).exclude(organisatie=None, wie_tekst="")
    return (Q(maatregel__isnull=False) & ~Exists(trekker)) | (Q(maatregel=None) & ~Exists(actie))


def zonder_trekker(terugkoppelingen: TerugkoppelingQuerySet) -> TerugkoppelingQuerySet:
    """What the table still has to hear and nobody answers for."""
    return terugkoppelingen.te_doen().filter(_is_zonder_trekker())


@dataclass(frozen=True)
class Tafelcijfers:
    """How much was carried out and never reported back, and how much is nobody's."""

    niet_teruggekoppeld: int
    acties_zonder_trekker: int
    besluiten_zonder_trekker: int

    @property
    def zonder_trekker(self) -> int:
        """Actions and decisions together."""
        return self.acties_zonder_trekker + self.besluiten_zonder_trekker


def tafelcijfers(
    actiepunten: ActiepuntQuerySet,
    terugkoppelingen: TerugkoppelingQuerySet,
    organisaties: Collection[int] | None = None,
) -> Tafelcijfers:
    """The two figures, overall or for some organisations; two queries."""
    if organisaties is not None:
        actiepunten = rond_organisaties(actiepunten, organisaties)
        terugkoppelingen = van_trekkers(terugkoppelingen, organisaties)
    geteld = terugkoppelingen.te_doen().aggregate(
        niet=Count("pk", filter=Q(stand=Terugkoppelstand.UITGEVOERD)),
        zonder=Count("pk", filter=_is_zonder_trekker()),
    )
    return Tafelcijfers(geteld["niet"], actiepunten.zonder_trekker().count(), geteld["zonder"])


# --- The next meeting


def eerstvolgende(vergaderingen: VergaderingQuerySet, vandaag: datetime.date) -> Vergadering | None:
    """The next meeting with a day, else the last one announced whose estimate has not passed; with `aantal_punten`."""
    komend = (
        vergaderingen.komend(vandaag)
        .filter(Q(datum__gte=vandaag) | Q(datum=None, schatting_tot__gte=vandaag) | Q(datum=None, schatting_tot=None))
        .annotate(aantal_punten=Count("agendapunten"))
    )
    return komend.order_by(F("datum").asc(nulls_last=True), F("schatting_van").desc(nulls_last=True), "-pk").first()


# --- What was said, decided and promised


@dataclass(frozen=True)
class Tafelregel:
    """A line: what kind of thing, whose, what was said, where it stands now, and where it is."""

    soort: str
    woord: str
    wie: str
    organisatie: Any
    tekst: str
    url: str
    stand: str = ""
    stuk: Any = None


@dataclass
class Zitting:
    """One meeting: the points it was about, and the lines of its minutes."""

    vergadering: Vergadering
    punten: list[Agendapunt] = field(default_factory=list)
    regels: list[Tafelregel] = field(default_factory=list)
    deelnames: list[Deelname] = field(default_factory=list)


class _Zittingen:
    def __init__(self) -> None:
        self.rijen: dict[int, Zitting] = {}

    def bij(self, vergadering: Vergadering) -> Zitting:
        return self.rijen.setdefault(vergadering.pk, Zitting(vergadering))

    def op_volgorde(self) -> list[Zitting]:
        """Newest first; what is still without a day comes before all that took place."""

        def dag(zitting: Zitting) -> tuple[datetime.date, int]:
            gehouden = dag_van(zitting.vergadering)
            return (gehouden or datetime.date.max, zitting.vergadering.pk)

        return sorted(self.rijen.values(), key=dag, reverse=True)


def _uit_inbreng(rijen: Iterable[Inbreng], zittingen: _Zittingen) -> None:
    for rij in rijen:
        regel = Tafelregel(
            "inbreng",
            rij.get_soort_display(),
            rij.spreker,
            rij.organisatie,
            rij.tekst,
            rij.agendapunt.get_absolute_url(),
            "nog open" if rij.is_open else "",
        )
        zittingen.bij(rij.agendapunt.vergadering).regels.append(regel)


def _uit_acties(rijen: Iterable[Actiepunt], zittingen: _Zittingen) -> None:
    for rij in rijen:
        stand = rij.get_stand_display() if rij.is_afgesproken else "niet afgesproken"
        zittingen.bij(rij.agendapunt.vergadering).regels.append(
            Tafelregel(
                "actie",
                rij.get_soort_display(),
                rij.wie_tekst,
                rij.organisatie,
                rij.wat,
                rij.get_absolute_url(),
                stand,
                rij,
            )
        )


@dataclass(frozen=True)
class Maatregelinzage:
    """One measure at the table: meeting by meeting, newest first; and what was done without the table hearing it."""

    zittingen: list[Zitting]
    niet_teruggekoppeld: list[Terugkoppeling]


def van_maatregel(
    maatregel: Maatregel,
    *,
    punten: QuerySet[Agendapunt],
    inbreng: QuerySet[Inbreng],
    terugkoppelingen: TerugkoppelingQuerySet,
    actiepunten: ActiepuntQuerySet,
    cijfers: QuerySet[Vergadercijfer],
) -> Maatregelinzage:
    """In which meetings it was discussed, what did whom say, decided, promised; five queries."""
    zittingen = _Zittingen()
    for punt in punten.filter(maatregelen=maatregel).select_related("vergadering").order_by("volgorde"):
        zittingen.bij(punt.vergadering).punten.append(punt)
    met = (VERGADERING, "organisatie__opvolger")
    plek = ("agendapunt__volgorde", "volgorde", "pk")
    _uit_inbreng(inbreng.filter(maatregelen=maatregel).select_related(*met).order_by(*plek), zittingen)
    teruggekoppeld = list(
        terugkoppelingen.filter(maatregel=maatregel)
        .select_related("besluit__agendapunt__vergadering", "aanvaard_in")
        .order_by("besluit__agendapunt__volgorde", "besluit__volgorde", "pk")
    )
    for rij in teruggekoppeld:
        besluit: Besluit = rij.besluit
        zittingen.bij(besluit.agendapunt.vergadering).regels.append(
            Tafelregel(
                "besluit",
                besluit.get_soort_display(),
                "",
                None,
                besluit.tekst,
                besluit.get_absolute_url(),
                rij.get_stand_display(),
                rij,
            )
        )
    _uit_acties(actiepunten.filter(maatregelen=maatregel).select_related(*met).order_by(*plek), zittingen)
    for cijfer in cijfers.filter(maatregelen=maatregel).select_related(VERGADERING).order_by(*plek):
        zittingen.bij(cijfer.agendapunt.vergadering).regels.append(
            Tafelregel("cijfer", "cijfer", "", None, cijfer.naam, cijfer.agendapunt.get_absolute_url(), stuk=cijfer)
        )
    niet = [rij for rij in teruggekoppeld if rij.stand == Terugkoppelstand.UITGEVOERD]
    return Maatregelinzage(zittingen.op_volgorde(), niet)


@dataclass(frozen=True)
class Organisatieinzage:
    """One organisation at the table: what it said and promised per meeting, what it still has to do, its figures."""

    zittingen: list[Zitting]
    open_acties: list[Actiepunt]
    meer_acties: int
    niet_teruggekoppeld: list[Terugkoppeling]
    cijfers: Tafelcijfers


def van_organisatie(
    organisaties: Collection[int],
    *,
    deelnames: QuerySet[Deelname],
    inbreng: QuerySet[Inbreng],
    terugkoppelingen: TerugkoppelingQuerySet,
    actiepunten: ActiepuntQuerySet,
    hoogstens: int,
) -> Organisatieinzage:
    """What an organisation (and those whose work it does) said, promised and has to do; six queries."""
    zittingen = _Zittingen()
    for deelname in deelnames.filter(organisatie__in=organisaties).select_related("vergadering").order_by("volgorde"):
        zittingen.bij(deelname.vergadering).deelnames.append(deelname)
    met = (VERGADERING, "organisatie__opvolger")
    plek = ("agendapunt__volgorde", "volgorde", "pk")
    _uit_inbreng(inbreng.filter(organisatie__in=organisaties).select_related(*met).order_by(*plek), zittingen)
    acties = list(
        actiepunten.filter(organisatie__in=organisaties)
        .met_verplaatsingen()
        .select_related(*met)
        .order_by(F("einde").asc(nulls_last=True), "code")
    )
    _uit_acties(sorted(acties, key=lambda rij: (rij.agendapunt.volgorde, rij.volgorde, rij.pk)), zittingen)
    open_acties = [rij for rij in acties if rij.is_afgesproken and rij.stand == "open"]
    niet = van_trekkers(terugkoppelingen.niet_teruggekoppeld(), organisaties)
    return Organisatieinzage(
        zittingen=zittingen.op_volgorde(),
        open_acties=open_acties[:hoogstens],
        meer_acties=max(0, len(open_acties) - hoogstens),
        niet_teruggekoppeld=list(
            niet.select_related("besluit__agendapunt__vergadering", "maatregel").order_by("uitgevoerd_op", "pk")
        ),
        cijfers=tafelcijfers(actiepunten, terugkoppelingen, organisaties),
    )
