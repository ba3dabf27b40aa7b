"""Reactions and dissents: what an organisation says of a measure, beside its status and without changing it.

Until the moment the organisation chose it is only theirs, and theirs to change. Once others can see it, it stands:
then the organisation adds another one, or withdraws it with a reason, and history keeps it.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Greatest, Least
from django.utils import timezone

from maatregelen.betrokkenheid import raak
from maatregelen.dossiervoering import wijzig
from maatregelen.models import Maatregel, Organisatie, Persoon, Reactie, Reactiesoort, Zichtniveau
from maatregelen.publicatie import kan_zien
from maatregelen.versiebewaking import vergrendel

LENGTE_TEKST = 5000
AL_ZICHTBAAR = (
    "Anderen kunnen deze reactie al lezen. Zij wijzigt niet meer: voeg een nieuwe toe, of trek haar in met een reden."
)
INGETROKKEN = "Deze reactie is al ingetrokken."


def is_te_wijzigen(reactie: Reactie, moment: datetime.datetime) -> bool:
    """Whether nobody else could see it yet: its own embargo is not over, and it was not withdrawn."""
    eigen = reactie.embargo_tot is not None and reactie.embargo_tot > moment
    return eigen and reactie.ingetrokken_op is None


def _controleer(soort: str, tekst: str, embargo_tot: datetime.datetime | None, moment: datetime.datetime) -> None:
    """Raise ValidationError per field for what cannot be kept."""
    fouten: dict[str, str] = {}
    if soort not in Reactiesoort.values:
        fouten["soort"] = "Kies reactie of afwijkend standpunt."
    if not tekst.strip():
        fouten["tekst"] = "Schrijf wat uw organisatie ervan vindt."
    elif len(tekst) > LENGTE_TEKST:
        fouten["tekst"] = f"Houd de tekst onder {LENGTE_TEKST} tekens."
    if embargo_tot is not None and embargo_tot <= moment:
        fouten["embargo_tot"] = "Kies een moment in de toekomst, of laat het leeg om meteen zichtbaar te zijn."
    if fouten:
        raise ValidationError(fouten)


def dien_in(
    maatregel: Maatregel,
    organisatie: Organisatie,
    *,
    soort: str,
    tekst: str,
    embargo_tot: datetime.datetime | None,
    door: Persoon,
    moment: datetime.datetime | None = None,
) -> Reactie:
    """File a reaction of an organisation, visible as the measure is from `embargo_tot` on (None: at once).

    Raises ValidationError per field, also where that organisation does not see the measure.
    """
    moment = moment or timezone.now()
    _controleer(soort, tekst, embargo_tot, moment)
    with transaction.atomic():
        rij = vergrendel(Maatregel.objects.all(), maatregel.pk, None)
        if not kan_zien(organisatie, rij, moment):
            raise ValidationError({"organisatie": f"{organisatie.afkorting} ziet deze maatregel niet."})
        reactie = Reactie.objects.create(
            maatregel=rij,
            organisatie=organisatie,
            soort=soort,
            tekst=tekst.strip(),
            embargo_tot=embargo_tot,
            door=door,
            aangemaakt_op=moment,
            gewijzigd_op=moment,
        )
        if embargo_tot is None:
            raak(rij, moment)
        reactie.refresh_from_db()
    return reactie


def wijzig_reactie(
    reactie: Reactie,
    *,
    soort: str,
    tekst: str,
    embargo_tot: datetime.datetime | None,
    door: Persoon,
    versie: int | None,
    moment: datetime.datetime | None = None,
) -> list[str]:
    """Change a reaction that nobody else could see yet; answers the fields that changed.

    Raises Verouderd, or ValidationError: it can be seen already, it was withdrawn, or per field.
    """
    moment = moment or timezone.now()
    with transaction.atomic():
        rij = vergrendel(Reactie.objects.all(), reactie.pk, versie)
        if rij.ingetrokken_op is not None:
            raise ValidationError(INGETROKKEN)
        if not is_te_wijzigen(rij, moment):
            raise ValidationError(AL_ZICHTBAAR)
        _controleer(soort, tekst, embargo_tot, moment)
        velden = {"soort": soort, "tekst": tekst.strip(), "embargo_tot": embargo_tot}
        anders = wijzig(reactie, velden, versie=versie, moment=moment)
        if anders:
            Reactie.objects.filter(pk=rij.pk).update(door=door)
        reactie.refresh_from_db()
        if anders and embargo_tot is None:
            raak(reactie.maatregel, moment)
    return anders


def trek_in(reactie: Reactie, *, reden: str, versie: int | None, moment: datetime.datetime | None = None) -> None:
    """Withdraw a reaction with a reason; it stays to be read as withdrawn. Raises Verouderd or ValidationError."""
    moment, zin = moment or timezone.now(), reden.strip()
    with transaction.atomic():
        rij = vergrendel(Reactie.objects.all(), reactie.pk, versie)
        if rij.ingetrokken_op is not None:
            raise ValidationError(INGETROKKEN)
        if not zin:
            raise ValidationError({"reden": "Schrijf waarom uw organisatie deze reactie intrekt."})
        velden: dict[str, Any] = {"ingetrokken_op": moment, "intrekreden": zin}
        if is_te_wijzigen(rij, moment):
            # Nobody else ever saw it, and nobody else will.
            velden["zichtbaarheid"] = Zichtniveau.EIGEN
        wijzig(reactie, velden, versie=versie, moment=moment)
        if not rij.heeft_embargo(moment):
            raak(reactie.maatregel, moment)


def reacties_van(maatregelen: Collection[int]) -> dict[int, list[Reactie]]:
    """The reactions on these measures, oldest first; one query. Ask it within `kijkend`: as far as may be seen."""
    uit: dict[int, list[Reactie]] = defaultdict(list)
    for reactie in Reactie.objects.filter(maatregel__in=maatregelen).select_related("organisatie", "door"):
        uit[reactie.maatregel_id].append(reactie)
    return uit


def geldende(reacties: Iterable[Reactie]) -> list[Reactie]:
    """Those that were not withdrawn."""
    return [reactie for reactie in reacties if reactie.ingetrokken_op is None]


def zichtbaar_gekomen() -> QuerySet[Any]:
    """All reactions with `zichtbaar_op`: the moment since which others can read them, as far as it came.

    An embargo that is over is cleared, so history tells when it was; ask it within `kijkend`.
    """
    historie: Any = Reactie.pgh_event_model.objects  # type: ignore[attr-defined]
    eigen = historie.filter(pgh_obj=OuterRef("pk"))
    embargo = eigen.filter(embargo_tot__isnull=False).order_by("-pgh_id").values("embargo_tot")[:1]
    open_ = eigen.filter(embargo_tot=None).order_by("pgh_id").values("gewijzigd_op")[:1]
    # PostgreSQL leaves out what is not there.
    return Reactie.objects.annotate(
        zichtbaar_op=Greatest("aangemaakt_op", Least(Subquery(embargo), Subquery(open_))),
    )
