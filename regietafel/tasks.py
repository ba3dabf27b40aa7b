"""What the worker does for the table: call and log. A lost or doubled tick does no harm: the next one asks again."""

import structlog
from celery import shared_task
from django.utils import timezone

from regietafel import vergaderpost

log = structlog.get_logger(__name__)

# Seconds after which a run stops by itself; the next tick goes on where it was.
DUUR = 9 * 60.0


@shared_task(name="regietafel.verstuur_vergaderberichten")
def verstuur_vergaderberichten() -> None:
    """Mail before a meeting what changed since the previous one."""
    verslag = vergaderpost.verstuur(timezone.localdate(), duur=DUUR)
    log.debug("vergaderberichten", gepland=verslag.gepland, **verslag.aantallen)
