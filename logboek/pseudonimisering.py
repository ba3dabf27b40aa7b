"""Forgetting who: after a term names and network addresses go, and what happened stays.

Keys are of one month, so a month goes as a whole: when its last moment is longer ago than the term. A line is
therefore kept with its name for at least the term, and at most a month longer.
"""

import datetime

from django.db import transaction
from django.utils import timezone

from logboek.models import Actie, Betrokkene, Herkomst, Resultaat
from logboek.schrijven import Onderwerp, schrijf


def wis_namen(*, moment: datetime.datetime, dagen: int) -> tuple[int, int]:
    """Erase the names and the origins of the months that ended `dagen` or longer ago; 0 days: never.

    Answers how many of each. The log says that it happened.
    """
    if not dagen:
        return (0, 0)
    grens = timezone.localdate(moment - datetime.timedelta(days=dagen)).replace(day=1)
    with transaction.atomic():
        namen, _ = Betrokkene.objects.filter(maand__lt=grens).delete()
        adressen, _ = Herkomst.objects.filter(maand__lt=grens).delete()
        if namen or adressen:
            schrijf(
                actie=Actie.PSEUDONIMISEREN,
                resultaat=Resultaat.GELUKT,
                moment=moment,
                over=Onderwerp("logboek", "", "namen en adressen in het logboek"),
                details={"namen": namen, "adressen": adressen, "voor": grens.isoformat()},
            )
    return (namen, adressen)
