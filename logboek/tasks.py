"""What the worker does at a tick: seal, check, count, forget. A lost or doubled tick does no harm."""

import structlog
from celery import shared_task
from django.conf import settings
from django.utils import timezone

from logboek.controle import controleer
from logboek.models import Actie, Resultaat
from logboek.pseudonimisering import wis_namen
from logboek.schrijven import Onderwerp, schrijf, schrijf_tellingen
from logboek.verzegelen import verzegel

log = structlog.get_logger(__name__)

# Seals in one run: 200.000 rows, within the time of a task. The next tick goes on.
HOOGSTENS = 20


@shared_task(name="logboek.verzegel")
def verzegel_logboek() -> None:
    """Write down what was counted, and seal what came since the last time."""
    nu = timezone.now()
    schrijf_tellingen(nu)
    verzegel(moment=nu, hoogstens=HOOGSTENS)


@shared_task(name="logboek.controleer")
def controleer_logboek() -> None:
    """Check the whole chain, and say in the log what came of it."""
    verslag = controleer()
    fouten = [f"{tabel}: {soort.label}: {len(sleutels)}" for (tabel, soort), sleutels in verslag.bevindingen.items()]
    if fouten:
        log.error("logboek niet heel", fouten=fouten)
    schrijf(
        actie=Actie.LOGBOEK_CONTROLEREN,
        resultaat=Resultaat.GELUKT if verslag.is_heel else Resultaat.MISLUKT,
        moment=timezone.now(),
        over=Onderwerp("keten", str(verslag.kop[0]) if verslag.kop else "", "keten van controlegetallen"),
        details={"zegels": verslag.zegels, "rijen": verslag.rijen, "fouten": fouten},
    )


@shared_task(name="logboek.wis_namen")
def wis_oude_namen() -> None:
    """Erase who and from where of what is older than the term."""
    namen, adressen = wis_namen(moment=timezone.now(), dagen=settings.LOGBOEK_BEWAARDAGEN_PERSONEN)
    log.debug("namen gewist", namen=namen, adressen=adressen)
