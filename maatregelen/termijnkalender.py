"""Terms in the order of the calendar, by month, with the measure that each belongs to; reads only."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F
from django.db.models.functions import Coalesce

from maatregelen.models import Mijlpaal
from maatregelen.models.mijlpaal import MijlpaalQuerySet
from maatregelen.termijngeschiedenis import met_verplaatst


def op_sleuteldag(mijlpalen: MijlpaalQuerySet) -> MijlpaalQuerySet:
    """In the order of the calendar, vague ones last: the same everywhere."""
    return mijlpalen.order_by(Coalesce("einde", "begin").asc(nulls_last=True), F("begin").asc(nulls_first=True), "pk")


def met_maatregel(mijlpalen: MijlpaalQuerySet) -> MijlpaalQuerySet:
    """With the measure that each belongs to, its section and agenda, and how often the termijn moved; in one query."""
    return met_verplaatst(mijlpalen.select_related("maatregel__pijler__agenda"))


@dataclass(frozen=True)
class Maand:
    """A month of the calendar; `begin` is its first day."""

    begin: datetime.date
    mijlpalen: list[Mijlpaal]


@dataclass(frozen=True)
class Kalender:
    """Months before this one, months from this one on, and what has no day: never late, never reminded of."""

    voorbij: list[Maand]
    komend: list[Maand]
    vaag: list[Mijlpaal]

    @property
    def mijlpalen_voorbij(self) -> list[Mijlpaal]:
        """Those of the months that are over."""
        return [mijlpaal for maand in self.voorbij for mijlpaal in maand.mijlpalen]

    @property
    def mijlpalen_komend(self) -> list[Mijlpaal]:
        """Those of this month and later."""
        return [mijlpaal for maand in self.komend for mijlpaal in maand.mijlpalen]


def per_maand(mijlpalen: Iterable[Mijlpaal]) -> list[Maand]:
    """Milestones grouped by the month of their key day (latest day, else first day); vague ones are left out."""
    uit: dict[datetime.date, list[Mijlpaal]] = defaultdict(list)
    for mijlpaal in mijlpalen:
        dag = mijlpaal.einde or mijlpaal.begin
        if dag is not None:
            uit[dag.replace(day=1)].append(mijlpaal)
    return [Maand(begin, uit[begin]) for begin in sorted(uit)]


def kalender(mijlpalen: Iterable[Mijlpaal], vandaag: datetime.date) -> Kalender:
    """The calendar around a day; within a month in the given order."""
    lijst = list(mijlpalen)
    deze_maand = vandaag.replace(day=1)
    maanden = per_maand(lijst)
    return Kalender(
        voorbij=[maand for maand in maanden if maand.begin < deze_maand],
        komend=[maand for maand in maanden if maand.begin >= deze_maand],
        vaag=[mijlpaal for mijlpaal in lijst if mijlpaal.is_vaag],
    )
