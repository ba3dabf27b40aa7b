"""What one person is mailed about actions: for the page that shows all their mail and does not know the table."""

import datetime
from typing import Any

from django import template

from maatregelen.models import Persoon
from maatregelen.verzendboek import Lezer
from maatregelen.vooruitzicht import VOORUIT
from maatregelen.zichtbaarheid import Bevoegdheid
from regietafel.actieboek import UITGEKLAPT, aan_persoon, vooruit_voor
from regietafel.zichtbaarheid import zichtbare_actiepunten

register = template.Library()


@register.inclusion_tag("regietafel/delen/actieberichten.html")
def actieberichten(wie: Bevoegdheid, mens: Persoon, vandaag: datetime.date) -> dict[str, Any]:
    """What `mens` was mailed about actions that `wie` may see, and what comes. Ten queries, three without any action.

    Only on a page of which `wie` may see all: whose mail it is, the secretariaat, a beheerder.
    """
    zichtbaar = zichtbare_actiepunten(wie)
    boekingen = aan_persoon(mens, zichtbaar, Lezer(mens, voluit=True, ziet_volgers=True))
    return {
        "komend": vooruit_voor(mens, zichtbaar, vandaag=vandaag),
        "boekingen": boekingen[:UITGEKLAPT],
        "eerder": boekingen[UITGEKLAPT:],
        "dagen_vooruit": VOORUIT,
        "vandaag": vandaag,
    }
