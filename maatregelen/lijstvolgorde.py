"""The order in which measures stand in a list, and what a row needs besides the measure itself; reads only."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import models
from django.db.models import Case, F, Min, Prefetch, Q, When, prefetch_related_objects
from django.db.models.functions import Coalesce

from maatregelen.models import AFGEROND, Betrokkenheid, BetrokkenheidRol, Maatregel, Status
from maatregelen.models.maatregel import MaatregelQuerySet


class Volgorde(models.TextChoices):
    CODE = "code", "code"
    TERMIJN = "termijn", "eerste termijn"
    STATUS = "status", "status"
    GEWIJZIGD = "gewijzigd", "laatst gewijzigd"


def gesorteerd(maatregelen: MaatregelQuerySet, volgorde: str) -> MaatregelQuerySet:
    """The measures in an order of Volgorde; the code decides between equals, so that pages never overlap."""
    if volgorde == Volgorde.CODE:
        return maatregelen.order_by("code")
    if volgorde == Volgorde.TERMIJN:
        # Finished work has no next term, as in the list itself.
        open_termijn = Q(mijlpalen__behaald_op=None) & ~Q(status__in=AFGEROND)
        eerste = Min(Coalesce("mijlpalen__einde", "mijlpalen__begin"), filter=open_termijn)
        return maatregelen.annotate(eerste_termijn=eerste).order_by(F("eerste_termijn").asc(nulls_last=True), "code")
    if volgorde == Volgorde.STATUS:
        plaats = Case(
            *(When(status=status, then=nummer) for nummer, status in enumerate(Status)),
            output_field=models.IntegerField(),
        )
        return maatregelen.order_by(plaats, "code")
    if volgorde == Volgorde.GEWIJZIGD:
        return maatregelen.order_by("-gewijzigd_op", "code")
    return maatregelen.order_by(*(Maatregel._meta.ordering or ()))


def als_boom(maatregelen: Iterable[Maatregel]) -> list[tuple[Maatregel, int]]:
    """Measures in their order, each followed by its sub-measures: (measure, depth).

    A sub-measure whose parent is not among them stands on its own, at depth 0.
    """
    lijst = list(maatregelen)
    aanwezig = {maatregel.pk for maatregel in lijst}
    kinderen: dict[int | None, list[Maatregel]] = defaultdict(list)
    for maatregel in lijst:
        ouder = maatregel.bovenliggend_id if maatregel.bovenliggend_id in aanwezig else None
        kinderen[ouder].append(maatregel)
    uit: list[tuple[Maatregel, int]] = []
    stapel = [(maatregel, 0) for maatregel in reversed(kinderen[None])]
    while stapel:
        maatregel, diepte = stapel.pop()
        uit.append((maatregel, diepte))
        stapel += [(kind, diepte + 1) for kind in reversed(kinderen[maatregel.pk])]
    return uit


def met_verantwoordelijken(maatregelen: Sequence[Maatregel]) -> None:
    """Give measures that were read already their `verantwoordelijken`, as voor_lijst() does; one query."""
    verantwoordelijk = Betrokkenheid.objects.geldend().filter(rol=BetrokkenheidRol.VERANTWOORDELIJK)
    prefetch_related_objects(
        list(maatregelen),
        Prefetch(
            "betrokkenheden",
            queryset=verantwoordelijk.select_related("organisatie__opvolger"),
            to_attr="verantwoordelijken",
        ),
    )
