"""The only writer of Maatregel.status: which moves there are, and how one is made.

The row that is written is history and mail queue at once; nobody is mailed from here.
"""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from maatregelen.models import Maatregel, Persoon, Status, Statuswijziging
from maatregelen.versiebewaking import vergrendel

# Why these: work starts, rests and ends in this order; what is done can turn out not to be; closing follows doing
# (done is not closed); what lapsed or was closed can be taken up again, with a reason: a correction is a new row.
OVERGANGEN: dict[Status, tuple[Status, ...]] = {
    Status.AANGEKONDIGD: (
        Status.IN_VOORBEREIDING,
        Status.IN_UITVOERING,
        Status.AANGEHOUDEN,
        Status.UITGEVOERD,
        Status.VERVALLEN,
    ),
    Status.IN_VOORBEREIDING: (
        Status.AANGEKONDIGD,
        Status.IN_UITVOERING,
        Status.AANGEHOUDEN,
        Status.UITGEVOERD,
        Status.VERVALLEN,
    ),
    Status.IN_UITVOERING: (Status.IN_VOORBEREIDING, Status.AANGEHOUDEN, Status.UITGEVOERD, Status.VERVALLEN),
    Status.AANGEHOUDEN: (Status.AANGEKONDIGD, Status.IN_VOORBEREIDING, Status.IN_UITVOERING, Status.VERVALLEN),
    Status.UITGEVOERD: (Status.IN_UITVOERING, Status.AFGESLOTEN),
    Status.AFGESLOTEN: (Status.UITGEVOERD,),
    Status.VERVALLEN: (Status.AANGEKONDIGD, Status.IN_VOORBEREIDING),
}


class OngeldigeOvergang(Exception):  # noqa: N818  it names what happened, as the user reads it
    """This move does not exist from where the measure is now; nothing was changed."""


def toegestaan(status: str) -> tuple[Status, ...]:
    """The statuses a measure can move to from this one."""
    return OVERGANGEN[Status(status)]


def controleer_invoer(maatregel: Maatregel, *, toelichting: str, per: datetime.date, vandaag: datetime.date) -> str:
    """The reason, trimmed; raises ValidationError per field when the form itself is wrong."""
    fouten: dict[str, str] = {}
    reden = toelichting.strip()
    if not reden:
        fouten["toelichting"] = "Schrijf in een zin waarom de status wijzigt."
    elif "\x00" in reden:
        fouten["toelichting"] = "De reden bevat een teken dat niet kan worden bewaard."
    if per > vandaag:
        fouten["per"] = "De dag waarop de status inging kan niet in de toekomst liggen."
    elif per < maatregel.geldt_vanaf:
        fouten["per"] = f"De maatregel geldt pas vanaf {maatregel.geldt_vanaf:%d-%m-%Y}; kies die dag of later."
    if fouten:
        raise ValidationError(fouten)
    return reden


def wijzig_status(
    maatregel: Maatregel,
    naar: str,
    *,
    door: Persoon,
    toelichting: str,
    per: datetime.date | None = None,
    versie: int | None = None,
    moment: datetime.datetime | None = None,
) -> Statuswijziging:
    """Move a measure to another status and answer the row that says so.

    `per` is the day it took effect (default: the day of `moment`, which is now), `versie` the version the person saw.
    Raises ValidationError (the form is wrong), OngeldigeOvergang (no such move, or an earlier day than the last move)
    or Verouderd (somebody was first); then nothing has changed.
    """
    moment = moment or timezone.now()
    vandaag = timezone.localdate(moment)
    per = per or vandaag
    reden = controleer_invoer(maatregel, toelichting=toelichting, per=per, vandaag=vandaag)
    with transaction.atomic():
        rij = vergrendel(Maatregel.objects.all(), maatregel.pk, versie)
        if naar not in toegestaan(rij.status):
            mogelijk = ", ".join(status.label for status in toegestaan(rij.status))
            label = Status(naar).label if naar in Status.values else naar
            raise OngeldigeOvergang(
                f"Van '{rij.get_status_display()}' naar '{label}' kan niet. "
                f"Mogelijk: {mogelijk}. Er is niets gewijzigd."
            )
        laatste = rij.statuswijzigingen.first()
        if laatste is not None and per < laatste.per:
            raise OngeldigeOvergang(
                f"De status is al gewijzigd per {laatste.per:%d-%m-%Y}. Kies die dag of later. Er is niets gewijzigd."
            )
        wijziging = Statuswijziging.objects.create(
            maatregel=rij, van=rij.status, naar=naar, per=per, toelichting=reden, door=door, vastgelegd_op=moment
        )
        rij.status = Status(naar)
        rij.versie += 1
        rij.gewijzigd_op = moment
        rij.save(update_fields=["status", "versie", "gewijzigd_op"])
    maatregel.status, maatregel.versie, maatregel.gewijzigd_op = rij.status, rij.versie, rij.gewijzigd_op
    return wijziging
