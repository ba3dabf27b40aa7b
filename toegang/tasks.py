"""What the worker does for getting in: call and log. A lost or doubled tick does no harm: the next one asks again."""

import structlog
from celery import shared_task
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from toegang import accountberichten, links, sessies, sleuteleinde

log = structlog.get_logger(__name__)


@shared_task(name="toegang.verstuur_toegangsmail")
def verstuur_toegangsmail() -> None:
    """Mail the links that were asked for, and who is to hear of the own account."""
    moment = timezone.now()
    log.debug("toegangsmail", aantal=links.verstuur(moment))
    log.debug("accountberichten", aantal=accountberichten.verstuur(moment))


@shared_task(name="toegang.kondig_sleuteleinde_aan")
def kondig_sleuteleinde_aan() -> None:
    """Have the makers of keys told that these end soon."""
    if aantal := sleuteleinde.kondig_aan(timezone.now()):
        log.info("einde van sleutels aangekondigd", aantal=aantal)
        verstuur_zo_mogelijk_nu()


@shared_task(name="toegang.ruim_sessies_op")
def ruim_sessies_op() -> None:
    """End the sessions of who is no longer active, and take away what has expired."""
    log.debug("sessies opgeruimd", van_inactieven=sessies.ruim_op(timezone.now()))


def verstuur_zo_mogelijk_nu() -> None:
    """Have the worker do it now; where the broker is away the next tick does it."""
    transaction.on_commit(_vraag_nu)


def _vraag_nu() -> None:
    try:
        verstuur_toegangsmail.apply_async(expires=60, retry=False)
    except (OperationalError, OSError) as fout:
        log.warning("toegangsmail wacht op de volgende beurt", fout=type(fout).__name__)
