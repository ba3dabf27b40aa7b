"""The end of a key is told beforehand, to who made it: two weeks before, and once more three days before.

What was told is a row (Accountbericht) of which the database keeps one per key, step and person. So it does no harm to
ask again, nor to have asked nothing for a day: what is due is told at the first moment that somebody asks.
"""

import datetime

import structlog
from django.db import transaction
from django.utils import timezone

from maatregelen.models import Lidmaatschap, Persoon, Rol, Toegangssleutel
from toegang.accountberichten import krijgt_bericht, laatste_dag_van
from toegang.models import Accountbericht, Berichtsoort

log = structlog.get_logger(__name__)

# How many days before the last day of a key.
STAPPEN = (14, 3)


def stap_van(sleutel: Toegangssleutel, vandaag: datetime.date) -> int | None:
    """Which step is due for a key on a day: the last of those whose day has come; None for none, or an ended key.

    A step that was there when the key was made is none: who made it for a week knows that it ends within two.
    """
    einde = laatste_dag_van(sleutel)
    if einde is None or einde < vandaag:
        return None
    gemaakt = timezone.localdate(sleutel.created)
    aan_de_beurt = [
        stap for stap in STAPPEN if (einde - vandaag).days <= stap and gemaakt < einde - datetime.timedelta(days=stap)
    ]
    return min(aan_de_beurt, default=None)


def wie_hoort_het(sleutel: Toegangssleutel, vandaag: datetime.date) -> list[Persoon]:
    """Who is told: who made the key, or its holder; for a program whose maker left, the coördinatoren there."""
    for persoon in (sleutel.gemaakt_door, sleutel.user):
        if persoon is not None and krijgt_bericht(persoon):
            return [persoon]
    geldig = Lidmaatschap.objects.geldig(vandaag)
    bij = geldig.filter(persoon=sleutel.user).values("organisatie")
    leden = geldig.filter(rol=Rol.COORDINATOR, organisatie__in=bij, persoon__is_active=True).values("persoon")
    return list(Persoon.objects.filter(pk__in=leden, is_programma=False).order_by("pk"))


def kondig_aan(moment: datetime.datetime) -> int:
    """Note for every key whose end is near that its maker is to be told, and answer for how many keys it was."""
    vandaag = timezone.localdate(moment)
    verste = timezone.make_aware(
        datetime.datetime.combine(vandaag + datetime.timedelta(days=max(STAPPEN) + 1), datetime.time())
    )
    aantal = 0
    rijen = Toegangssleutel.objects.filter(expiry__gt=moment, expiry__lte=verste, user__is_active=True)
    for sleutel in rijen.select_related("user", "gemaakt_door").order_by("expiry", "digest"):
        stap = stap_van(sleutel, vandaag)
        if stap is not None and _noteer(sleutel, stap, vandaag, moment):
            aantal += 1
    return aantal


def _noteer(sleutel: Toegangssleutel, stap: int, vandaag: datetime.date, moment: datetime.datetime) -> bool:
    with transaction.atomic():
        # Who asks at the same time waits here, and then finds that it was noted. A key that was revoked is gone.
        if not Toegangssleutel.objects.select_for_update().filter(pk=sleutel.pk).exists():
            return False
        if Accountbericht.objects.filter(sleutel=sleutel, aantal__lte=stap).exists():
            return False
        mensen = wie_hoort_het(sleutel, vandaag)
        if not mensen:
            log.warning("niemand om het einde van een sleutel aan te melden", houder=sleutel.user_id, dagen=stap)
            return False
        Accountbericht.objects.bulk_create(
            Accountbericht(
                soort=Berichtsoort.SLEUTEL_EINDIGT,
                persoon=mens,
                gebeurd_op=moment,
                naam=sleutel.naam,
                aantal=stap,
                sleutel=sleutel,
            )
            for mens in mensen
        )
    return True
