"""Who is involved: assigning, ending, and what measures inherit from the heading of their section.

Nothing is erased: an involvement ends on a day, with a reason and who decided it.
"""

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from maatregelen.models import (
    Betrokkenheid,
    BetrokkenheidRol,
    Herkomst,
    Maatregel,
    Organisatie,
    Persoon,
    Pijler,
    Pijlerbetrokkenheid,
    Pijlerrol,
)
from maatregelen.versiebewaking import vergrendel


def wijs_toe(
    maatregel: Maatregel,
    organisatie: Organisatie,
    rol: str,
    *,
    door: Persoon,
    reden: str,
    vanaf: datetime.date | None = None,
    moment: datetime.datetime | None = None,
) -> Betrokkenheid:
    """Give an organisation a role in a measure from a day on (default today).

    Raises ValidationError per field: an ended organisation, a generic word as trekker, a role it already has, a day in
    the future, no reason.
    """
    moment = moment or timezone.now()
    vandaag = timezone.localdate(moment)
    vanaf = vanaf or vandaag
    fouten: dict[str, str] = {}
    if not reden.strip():
        fouten["reden"] = "Schrijf waarom deze organisatie erbij komt."
    if vanaf > vandaag:
        fouten["vanaf"] = "Kies vandaag of een eerdere dag."
    if organisatie.is_opgeheven(vandaag):
        opvolger = f" Kies {organisatie.opvolger}." if organisatie.opvolger else ""
        fouten["organisatie"] = f"{organisatie} bestaat niet meer.{opvolger}"
    elif rol == BetrokkenheidRol.VERANTWOORDELIJK and organisatie.is_aanduiding:
        fouten["organisatie"] = f"'{organisatie}' is een algemene aanduiding zonder mensen en kan geen trekker zijn."
    if fouten:
        raise ValidationError(fouten)
    with transaction.atomic():
        rij = vergrendel(Maatregel.objects.all(), maatregel.pk, None)
        if rij.betrokkenheden.geldend().filter(organisatie=organisatie, rol=rol).exists():
            raise ValidationError({"organisatie": f"{organisatie} heeft deze rol al."})
        nieuw = Betrokkenheid.objects.create(
            maatregel=rij,
            organisatie=organisatie,
            rol=rol,
            herkomst=Herkomst.TOEGEWEZEN,
            volgorde=rij.betrokkenheden.count(),
            vanaf=vanaf,
            reden=reden.strip(),
            door=door,
        )
        raak(rij, moment)
    return nieuw


def beeindig(
    betrokkenheid: Betrokkenheid,
    *,
    door: Persoon,
    reden: str,
    per: datetime.date | None = None,
    moment: datetime.datetime | None = None,
) -> None:
    """End an involvement per a day (default today); the row stays. Raises ValidationError per field."""
    moment = moment or timezone.now()
    vandaag = timezone.localdate(moment)
    per = per or vandaag
    if not reden.strip():
        raise ValidationError({"reden": "Schrijf waarom deze organisatie er niet meer bij hoort."})
    if per > vandaag:
        raise ValidationError({"per": "Kies vandaag of een eerdere dag."})
    with transaction.atomic():
        maatregel = vergrendel(Maatregel.objects.all(), betrokkenheid.maatregel_id, None)
        rij = Betrokkenheid.objects.select_for_update().get(pk=betrokkenheid.pk)
        if rij.tot is not None:
            raise ValidationError({"reden": "Deze betrokkenheid was al beëindigd."})
        if per < rij.vanaf:
            raise ValidationError({"per": f"De betrokkenheid begon pas op {rij.vanaf:%d-%m-%Y}."})
        rij.tot, rij.reden, rij.door = per, reden.strip(), door
        rij.save(update_fields=["tot", "reden", "door"])
        raak(maatregel, moment)


def zet_pijlerverantwoordelijken(
    pijler: Pijler, organisaties: Iterable[Organisatie], *, door: Persoon, moment: datetime.datetime | None = None
) -> None:
    """Make these the responsible organisations of a section, and let its measures inherit exactly them from today."""
    moment = moment or timezone.now()
    gewenst = list(organisaties)
    with transaction.atomic():
        rij = vergrendel(Pijler.objects.all(), pijler.pk, None)
        huidig = {b.organisatie_id: b for b in rij.betrokkenheden.filter(rol=Pijlerrol.VERANTWOORDELIJK)}
        weg = [b for sleutel, b in huidig.items() if sleutel not in {o.pk for o in gewenst}]
        bij = [o for o in gewenst if o.pk not in huidig]
        if not weg and not bij:
            return
        for betrokken in weg:
            betrokken.delete()
        Pijlerbetrokkenheid.objects.bulk_create(
            Pijlerbetrokkenheid(
                pijler=rij, organisatie=organisatie, rol=Pijlerrol.VERANTWOORDELIJK, volgorde=len(huidig) + plaats
            )
            for plaats, organisatie in enumerate(bij)
        )
        for maatregel in rij.maatregelen.all():
            erf(maatregel, door=door, moment=moment)


def erf(maatregel: Maatregel, *, door: Persoon | None, moment: datetime.datetime) -> None:
    """Bring the inherited involvement of a measure in line with the heading of its section."""
    vandaag = timezone.localdate(moment)
    uit_pijler = list(
        Pijlerbetrokkenheid.objects.filter(pijler=maatregel.pijler_id, rol=Pijlerrol.VERANTWOORDELIJK).values_list(
            "organisatie_id", flat=True
        )
    )
    geerfd = {
        rij.organisatie_id: rij
        for rij in Betrokkenheid.objects.geldend().filter(maatregel=maatregel, herkomst=Herkomst.GEERFD)
    }
    for sleutel, rij in geerfd.items():
        if sleutel not in uit_pijler:
            rij.tot, rij.reden, rij.door = (
                max(vandaag, rij.vanaf),
                "De pijler kreeg een andere verantwoordelijke.",
                door,
            )
            rij.save(update_fields=["tot", "reden", "door"])
    nieuw = [sleutel for sleutel in uit_pijler if sleutel not in geerfd]
    Betrokkenheid.objects.bulk_create(
        Betrokkenheid(
            maatregel=maatregel,
            organisatie_id=sleutel,
            rol=BetrokkenheidRol.VERANTWOORDELIJK,
            herkomst=Herkomst.GEERFD,
            volgorde=plaats,
            vanaf=max(vandaag, maatregel.geldt_vanaf),
            door=door,
        )
        for plaats, sleutel in enumerate(nieuw)
    )
    if nieuw or set(geerfd) - set(uit_pijler):
        raak(maatregel, moment)


def raak(maatregel: Maatregel, moment: datetime.datetime) -> None:
    """Say that what belongs to a measure changed, so that who pulls changes fetches it again."""
    Maatregel.objects.filter(pk=maatregel.pk).update(gewijzigd_op=moment)
