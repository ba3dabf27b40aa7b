"""What became of termijnen: the original, each change since, and how often one moved; reads only."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, DateField, Exists, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from maatregelen.models import VERPLAATSINGEN, Mijlpaal, Termijnwijziging, Wijzigingssoort
from maatregelen.models.mijlpaal import MijlpaalQuerySet
from maatregelen.termijnvergelijking import Termijnstand


def stand_in(wijziging: Termijnwijziging, kant: str) -> Termijnstand:
    """The termijn as it was (`kant` "van") or became ("naar")."""
    namen = ("tekst", "begin", "einde", "precisie", "relatie")
    return Termijnstand(**{naam: getattr(wijziging, f"{kant}_{naam}") for naam in namen})


def eerste_stand(wijzigingen: Iterable[Termijnwijziging]) -> Termijnstand | None:
    """The termijn as it was first meant, from its changes, oldest first; None when it never changed.

    What was put right before anything else happened was never meant: then it is what it was put right to.
    """
    stand = None
    for wijziging in wijzigingen:
        if wijziging.soort != Wijzigingssoort.HERSTELD:
            return stand_in(wijziging, "van")
        stand = stand_in(wijziging, "naar")
    return stand


def oorspronkelijk(mijlpaal: Mijlpaal, wijzigingen: Iterable[Termijnwijziging]) -> Termijnstand:
    """The termijn as it was first meant; one that never changed is what it was."""
    return eerste_stand(wijzigingen) or Termijnstand.van(mijlpaal)


def aantal_verplaatst(wijzigingen: Sequence[Termijnwijziging]) -> int:
    """How often a termijn was moved, from its changes, oldest first; see `met_verplaatst`."""
    volgenden = [*wijzigingen[1:], None]
    return sum(
        wijziging.is_verplaatsing
        and not (
            volgende is not None
            and volgende.soort == Wijzigingssoort.HERSTELD
            and stand_in(volgende, "naar").dagen == stand_in(wijziging, "van").dagen
        )
        for wijziging, volgende in zip(wijzigingen, volgenden, strict=False)  # the last has none after it
    )


def met_verplaatst(mijlpalen: MijlpaalQuerySet) -> MijlpaalQuerySet:
    """Annotated with `aantal_verplaatst`: how often the termijn moved.

    A move that was put back at once as an input error is none.
    """
    nooit = Value(datetime.date.min, output_field=DateField())

    def dag(naam: str) -> Coalesce:
        return Coalesce(naam, nooit)

    erna = Termijnwijziging.objects.filter(mijlpaal=OuterRef("mijlpaal"), pk__gt=OuterRef("pk")).order_by("pk")
    teruggezet = (
        Termijnwijziging.objects.filter(pk=OuterRef("erna"), soort=Wijzigingssoort.HERSTELD)
        .annotate(terug_begin=dag("naar_begin"), terug_einde=dag("naar_einde"))
        .filter(terug_begin=OuterRef("uit_begin"), terug_einde=OuterRef("uit_einde"))
    )
    verplaatst = (
        Termijnwijziging.objects.filter(mijlpaal=OuterRef("pk"), soort__in=VERPLAATSINGEN)
        .annotate(erna=Subquery(erna.values("pk")[:1]), uit_begin=dag("van_begin"), uit_einde=dag("van_einde"))
        .filter(~Exists(teruggezet))
        .order_by()
        .values("mijlpaal")
        .annotate(aantal=Count("pk"))
    )
    return mijlpalen.annotate(
        aantal_verplaatst=Coalesce(Subquery(verplaatst.values("aantal")), 0, output_field=IntegerField())
    )


_DAGEN = ("van_begin", "van_einde", "naar_begin", "naar_einde")
_OVER = (
    "id",
    "soort",
    "van_tekst",
    "van_precisie",
    "van_relatie",
    "naar_tekst",
    "naar_precisie",
    "naar_relatie",
    "reden",
)


def met_wijzigingen(mijlpalen: MijlpaalQuerySet) -> MijlpaalQuerySet:
    """With the changes of each termijn in the same query, for `wijzigingen_van`."""
    velden = {naam: naam for naam in (*_OVER, *_DAGEN, "vastgelegd_op")}
    rijen = Termijnwijziging.objects.filter(mijlpaal=OuterRef("pk")).order_by("pk")
    return mijlpalen.annotate(
        termijnwijzigingen_json=ArraySubquery(rijen.values(rij=JSONObject(**velden, wie="door__functie")))
    )


@dataclass(frozen=True)
class Regel:
    """A change as a reader sees it: what it was and became, why, by whom (empty: nobody is known) and when."""

    soort: str
    woord: str
    is_verplaatsing: bool
    van: Termijnstand
    naar: Termijnstand
    reden: str
    wie: str
    op: datetime.datetime


@dataclass(frozen=True)
class Verhaal:
    """What became of one termijn: its changes newest first, how often it moved, and what it was at first."""

    regels: list[Regel]
    aantal_verplaatst: int
    oorspronkelijk: Termijnstand

    @property
    def is_veranderd(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.regels)


def verhaal_van(mijlpaal: Mijlpaal) -> Verhaal:
    """The story of a termijn that was read by `met_wijzigingen`; asks the database nothing."""
    wijzigingen = wijzigingen_van(mijlpaal)
    regels = [
        Regel(
            soort=wijziging.soort,
            woord=wijziging.get_soort_display(),
            is_verplaatsing=wijziging.is_verplaatsing,
            van=stand_in(wijziging, "van"),
            naar=stand_in(wijziging, "naar"),
            reden=wijziging.reden,
            wie=wijziging.wie,  # type: ignore[attr-defined]
            op=wijziging.vastgelegd_op,
        )
        for wijziging in reversed(wijzigingen)
    ]
    return Verhaal(regels, aantal_verplaatst(wijzigingen), oorspronkelijk(mijlpaal, wijzigingen))


def wijzigingen_van(mijlpaal: Mijlpaal) -> list[Termijnwijziging]:
    """The changes of a termijn that was read by `met_wijzigingen`, oldest first; each with `wie` did it. No query."""
    rijen: list[dict[str, Any]] = mijlpaal.termijnwijzigingen_json  # type: ignore[attr-defined]
    uit = []
    for rij in rijen:
        dagen = {naam: datetime.date.fromisoformat(rij[naam]) if rij[naam] else None for naam in _DAGEN}
        moment = datetime.datetime.fromisoformat(rij["vastgelegd_op"])
        over = {naam: rij[naam] for naam in _OVER}
        wijziging = Termijnwijziging(mijlpaal=mijlpaal, vastgelegd_op=moment, **over, **dagen)
        wijziging.wie = rij["wie"] or ""  # type: ignore[attr-defined]
        uit.append(wijziging)
    return uit
