"""The table of a demonstration: somewhere ahead there is always a meeting to prepare."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from maatregelen.models import Persoon
from maatregelen.werkdagen import is_werkdag
from regietafel.agendering import neem_vaste_punten_over
from regietafel.deelname import neem_leden_over
from regietafel.models import Reeks, Vergadering
from regietafel.vergadercyclus import maak_vergadering

REEKS = "lrt"
DAGEN_VOORUIT = 21
WOENSDAG = 2
SECRETARIAAT = "secretariaat@voorbeeld.nl"


class TafelOntbreekt(Exception):  # noqa: N818 - Dutch, like every name of the domain
    """The series is not there: the meetings must be loaded first."""


def _dag(vandaag: datetime.date) -> datetime.date:
    """The first Wednesday to come in three weeks that is a working day."""
    dag = vandaag + datetime.timedelta(days=DAGEN_VOORUIT)
    while dag.weekday() != WOENSDAG or not is_werkdag(dag):
        dag += datetime.timedelta(days=1)
    return dag


def plan_demovergadering(*, moment: datetime.datetime) -> Vergadering | None:
    """Plan a meeting some weeks ahead, with the members and standing points of the series; people make its agenda.

    None when there is one with a day ahead already. Raises TafelOntbreekt without the series.
    """
    vandaag = timezone.localdate(moment)
    with transaction.atomic():
        # Two starts at the same time take turns.
        reeks = Reeks.objects.select_for_update().filter(slug=REEKS).first()
        if reeks is None:
            raise TafelOntbreekt
        if reeks.vergaderingen.komend(vandaag).filter(datum__gte=vandaag).exists():
            return None
        dag = _dag(vandaag)
        vergadering = maak_vergadering(
            {
                "reeks": reeks,
                "titel": f"{reeks.naam} van {date_format(dag, 'j F Y')} (demonstratie)",
                "datum": dag,
                "toelichting": "Gemaakt voor de demonstratie. De andere vergaderingen komen uit de stukken.",
            },
            door=Persoon.objects.filter(email=SECRETARIAAT).first(),
            moment=moment,
        )
        neem_leden_over(vergadering, moment=moment)
        neem_vaste_punten_over(vergadering, moment=moment)
    return vergadering
