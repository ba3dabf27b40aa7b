"""Figures for dashboards; reads only. Every number is counted from the rows a person may see."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, F
from django.db.models.functions import Coalesce

from maatregelen.models import Maatregel, Mijlpaal, Status
from maatregelen.models.maatregel import MaatregelQuerySet
from maatregelen.models.mijlpaal import MijlpaalQuerySet
from maatregelen.signalen import VRAAGT_TREKKER, stand_niet_gemeld, te_laat, zonder_trekker


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
    for sleutel, status, aantal in rijen:
        uit[sleutel].per_status[status] = aantal
    return dict(uit)


def stand(maatregelen: MaatregelQuerySet) -> Stand:
    """The Stand of all these measures; one query."""
    return Stand(dict(maatregelen.order_by().values_list("status").annotate(aantal=Count("pk"))))


@dataclass(frozen=True)
class Aandacht:
    """How much asks for attention: numbers of milestones, and of measures without an owner."""

    te_laat: int
    stand_niet_gemeld: int
    komend: int
    zonder_trekker: int


def aandacht(
    maatregelen: MaatregelQuerySet, mijlpalen: MijlpaalQuerySet, vandaag: datetime.date, dagen: int = 30
) -> Aandacht:
    """The four numbers of the home page; four queries."""
    return Aandacht(
        te_laat=te_laat(mijlpalen, vandaag).count(),
        stand_niet_gemeld=stand_niet_gemeld(mijlpalen, vandaag).count(),
        komend=mijlpalen.komend(vandaag, dagen).count(),
        zonder_trekker=zonder_trekker(maatregelen).count(),
    )


@dataclass(frozen=True)
class Maand:
    """A month of the deadline calendar; `begin` is its first day."""

    begin: datetime.date
    mijlpalen: list[Mijlpaal]


def per_maand(mijlpalen: Iterable[Mijlpaal]) -> list[Maand]:
    """Milestones grouped by the month of their key day (latest day, else first day); vague ones are left out."""
    uit: dict[datetime.date, list[Mijlpaal]] = defaultdict(list)
    for mijlpaal in mijlpalen:
        dag = mijlpaal.einde or mijlpaal.begin
        if dag is not None:
            uit[dag.replace(day=1)].append(mijlpaal)
    return [Maand(begin, uit[begin]) for begin in sorted(uit)]


def op_sleuteldag(mijlpalen: MijlpaalQuerySet) -> MijlpaalQuerySet:
    """In the order of the calendar, vague ones last: the same everywhere."""
    return mijlpalen.order_by(Coalesce("einde", "begin").asc(nulls_last=True), F("begin").asc(nulls_first=True), "pk")


def tellingen_per_organisatie(maatregelen: MaatregelQuerySet) -> dict[int, int]:
    """How many measures an organisation is responsible for, by its id; one query."""
    return dict(
        maatregelen.order_by()
        .filter(betrokkenheden__rol="verantwoordelijk", betrokkenheden__tot=None)
        .values_list("betrokkenheden__organisatie")
        .annotate(aantal=Count("pk", distinct=True))
    )


def dekking_trekkers(maatregelen: MaatregelQuerySet) -> tuple[int, int]:
    """(with an owner, all) of the running measures that need one."""
    lopend = maatregelen.lopend().filter(aard__in=VRAAGT_TREKKER)
    alle = lopend.count()
    return alle - zonder_trekker(maatregelen).count(), alle
