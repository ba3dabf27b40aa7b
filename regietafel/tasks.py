"""What the worker does for the table: call and log. A lost or doubled tick does no harm: the next one asks again."""

import structlog
from celery import shared_task
from django.utils import timezone

from regietafel import actiepost, vergaderpost
from regietafel.stukken import maken

log = structlog.get_logger(__name__)

# Seconds after which a run stops by itself; the next tick goes on where it was.
DUUR = 9 * 60.0


@shared_task(name="regietafel.verstuur_vergaderberichten")
def verstuur_vergaderberichten() -> None:
    """Mail before a meeting what changed since the previous one."""
    verslag = vergaderpost.verstuur(timezone.localdate(), duur=DUUR)
    log.debug("vergaderberichten", gepland=verslag.gepland, **verslag.aantallen)


@shared_task(name="regietafel.verstuur_actieberichten")
def verstuur_actieberichten() -> None:
    """Mail about actions before and after their latest day."""
    verslag = actiepost.verstuur(timezone.localdate(), duur=DUUR)
    log.debug("actieberichten", gepland=verslag.gepland, **verslag.aantallen)


@shared_task(name="regietafel.maak_stuk")
def maak_stuk(pk: int) -> None:
    """Make one paper, right after it was asked for."""
    log.debug("stuk", stuk=pk, gemaakt=maken.maak(pk))


@shared_task(name="regietafel.maak_achtergebleven_stukken")
def maak_achtergebleven_stukken() -> None:
    """Make the papers whose message or worker was lost."""
    log.debug("stukken ingehaald", aantal=maken.maak_achtergebleven(timezone.now(), duur=DUUR))


@shared_task(name="regietafel.ruim_stukken_op")
def ruim_stukken_op() -> None:
    """Take away the files of papers past their term, and what a killed worker left."""
    log.debug("stukken opgeruimd", aantal=maken.ruim_op(timezone.now()))
