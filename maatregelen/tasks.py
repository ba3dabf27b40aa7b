"""What the worker does at a tick: call and log. A lost or doubled tick does no harm: the ledger knows what is done."""

import structlog
from celery import shared_task
from django.conf import settings
from django.utils import timezone

from maatregelen import herinneringen
from maatregelen.pseudonimisering import pseudonimiseer
from maatregelen.publicatie import ruim_embargo_op
from maatregelen.termijnbewaking import maak_verstreken_volgende

log = structlog.get_logger(__name__)

# Seconds after which a run stops by itself; the next tick goes on where it was.
DUUR = 9 * 60.0


@shared_task(name="maatregelen.verstuur_herinneringen")
def verstuur_herinneringen() -> None:
    """Mail about the deadlines that are due today, and the overviews with everything in them."""
    verslag = herinneringen.verstuur(timezone.localdate(), duur=DUUR, met_nieuws=True)
    log.debug("herinneringen", gepland=verslag.gepland, **verslag.aantallen)


@shared_task(name="maatregelen.verstuur_statusberichten")
def verstuur_statusberichten() -> None:
    """Mail to followers who want it at once about what changed."""
    verslag = herinneringen.verstuur_statusberichten(duur=DUUR)
    log.debug("statusberichten", gepland=verslag.gepland, **verslag.aantallen)


@shared_task(name="maatregelen.herhaal_termijnen")
def herhaal_termijnen() -> None:
    """The next one of each recurring termijn that passed."""
    log.debug("termijnen herhaald", aantal=maak_verstreken_volgende(timezone.localdate()))


@shared_task(name="maatregelen.pseudonimiseer")
def pseudonimiseer_personen() -> None:
    """Forget the people who left longer ago than the term."""
    log.debug(
        "personen onherkenbaar",
        aantal=pseudonimiseer(moment=timezone.now(), dagen=settings.LOGBOEK_BEWAARDAGEN_PERSONEN),
    )


@shared_task(name="maatregelen.ruim_embargo_op")
def ruim_embargos_op() -> None:
    """Note that what was under embargo opened: it did so by itself, and becomes a change that is told."""
    log.debug("embargo opgeruimd", aantal=ruim_embargo_op(timezone.now()))
