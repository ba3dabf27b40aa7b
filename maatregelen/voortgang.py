"""Figures for dashboards; reads only. Every number is counted from the rows a person may see."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from maatregelen.models import BetrokkenheidRol, Maatregel, Status, Statuswijziging
from maatregelen.models.maatregel import MaatregelQuerySet
from maatregelen.models.mijlpaal import MijlpaalQuerySet
from maatregelen.signalen import VRAAGT_TREKKER, met_stand_gemeld


@dataclass
class Stand:
    """How many measures are in each status."""

    per_status: dict[str, int] = field(default_factory=dict)

    @property
    def totaal(self) -> int:
        """All of them."""
        return sum(self.per_status.values())

    @property
    def klaar(self) -> int:
        """Carried out or closed; what lapsed is not done."""
        return self.per_status.get(Status.UITGEVOERD, 0) + self.per_status.get(Status.AFGESLOTEN, 0)

    def delen(self) -> list[tuple[str, str, int]]:
        """(status, word, number) in the order of a measure's life, without empty ones."""
        return [
            (status.value, str(status.label), self.per_status[status])
            for status in Status
            if self.per_status.get(status)
        ]


def standen(maatregelen: MaatregelQuerySet, veld: str) -> dict[int, Stand]:
    """The Stand per value of `veld` (for example "pijler" or "pijler__agenda"); one query."""
    uit: dict[int, Stand] = defaultdict(Stand)
    rijen = maatregelen.order_by().values_list(veld, "status").annotate(aantal=Count("pk"))
    for sleutel, waarde, aantal in rijen:
        uit[sleutel].per_status[waarde] = aantal
    return dict(uit)


def stand(maatregelen: MaatregelQuerySet) -> Stand:
    """The Stand of all these measures; one query."""
    return Stand(dict(maatregelen.order_by().values_list("status").annotate(aantal=Count("pk"))))


def stand_van(maatregelen: Iterable[Maatregel]) -> Stand:
    """The Stand of measures that were read already; no query."""
    uit = Stand()
    for maatregel in maatregelen:
        uit.per_status[maatregel.status] = uit.per_status.get(maatregel.status, 0) + 1
    return uit


@dataclass(frozen=True)
class Aandacht:
    """How many milestones ask for attention; `verder` are those of the longer look ahead, `komend` included."""

    te_laat: int
    stand_niet_gemeld: int
    komend: int
    verder: int


def aandacht(mijlpalen: MijlpaalQuerySet, vandaag: datetime.date, dagen: int = 30, verder: int = 60) -> Aandacht:
    """The numbers of the home page, for the coming `dagen` and `verder` days; one query."""
    voorbij = Q(einde__lt=vandaag)

    def komend(aantal: int) -> Q:
        return Q(sleuteldag__gte=vandaag, sleuteldag__lte=vandaag + datetime.timedelta(days=aantal))

    return Aandacht(
        **met_stand_gemeld(mijlpalen.open().met_sleuteldag()).aggregate(
            te_laat=Count("pk", filter=voorbij & Q(stand_gemeld=True)),
            stand_niet_gemeld=Count("pk", filter=voorbij & Q(stand_gemeld=False)),
            komend=Count("pk", filter=komend(dagen)),
            verder=Count("pk", filter=komend(verder)),
        )
    )


@dataclass(frozen=True)
class Dekking:
    """How many of the running measures that need an owner have one."""

    met: int
    alle: int

    @property
    def zonder(self) -> int:
        """Those that nobody has to do."""
        return self.alle - self.met


def _vraagt_trekker(maatregelen: MaatregelQuerySet) -> MaatregelQuerySet:
    return maatregelen.lopend().filter(aard__in=VRAAGT_TREKKER).met_trekker()


def dekking_trekkers(maatregelen: MaatregelQuerySet) -> Dekking:
    """The owners of the running measures that need one; one query."""
    rijen = _vraagt_trekker(maatregelen)
    return Dekking(**rijen.aggregate(met=Count("pk", filter=Q(heeft_trekker=True)), alle=Count("pk")))


def dekking_per_agenda(maatregelen: MaatregelQuerySet) -> dict[int, Dekking]:
    """The same for each running agenda with such measures, by its id; one query."""
    rijen = _vraagt_trekker(maatregelen).order_by().values_list("pijler__agenda")
    geteld = rijen.annotate(met=Count("pk", filter=Q(heeft_trekker=True)), alle=Count("pk"))
    return {agenda: Dekking(met, alle) for agenda, met, alle in geteld}


def recent_gewijzigd(wijzigingen: QuerySet[Statuswijziging], aantal: int) -> QuerySet[Statuswijziging]:
    """The last moves of a status, newest first; a measure that was loaded has not moved yet."""
    rijen = wijzigingen.exclude(van=None).select_related("maatregel", "door")
    return rijen.order_by("-vastgelegd_op", "-pk")[:aantal]


@dataclass
class Rollen:
    """In how many measures an organisation has each role, and how many of those it answers for still run."""

    per_rol: dict[str, int] = field(default_factory=dict)
    lopend: int = 0

    @property
    def verantwoordelijk(self) -> int:
        """Measures it answers for."""
        return self.per_rol.get(BetrokkenheidRol.VERANTWOORDELIJK, 0)

    @property
    def anders(self) -> int:
        """Times it carries out or is involved; one measure counts in each role it has there."""
        return sum(self.per_rol.values()) - self.verantwoordelijk


def rollen_per_organisatie(maatregelen: MaatregelQuerySet) -> dict[int, Rollen]:
    """The measures of organisations by role, by the id of the organisation; one query."""
    uit: dict[int, Rollen] = defaultdict(Rollen)
    lopend = maatregelen.lopend().values("pk")
    rijen = (
        maatregelen.order_by()
        .filter(betrokkenheden__tot=None, betrokkenheden__isnull=False)
        .values_list("betrokkenheden__organisatie", "betrokkenheden__rol")
        .annotate(aantal=Count("pk", distinct=True), aantal_lopend=Count("pk", distinct=True, filter=Q(pk__in=lopend)))
    )
    for organisatie, rol, aantal, aantal_lopend in rijen:
        uit[organisatie].per_rol[rol] = aantal
        if rol == BetrokkenheidRol.VERANTWOORDELIJK:
            uit[organisatie].lopend = aantal_lopend
    return dict(uit)
