"""How the chain stands, in a few figures: where it ends, what is not under it yet, when it was last checked."""

import datetime
from dataclasses import dataclass

from logboek.models import Actie, Logregel, Resultaat, Zegel

# Sealing goes every few minutes; who still sees this has a worker that stands still.
TE_OUD = datetime.timedelta(hours=1)


@dataclass(frozen=True)
class Ketenstand:
    """The last seal, the last check and whether it found everything whole; None where there is none."""

    zegel: Zegel | None
    nagekeken_op: datetime.datetime | None
    is_heel: bool
    loopt_achter: bool


def ketenstand(moment: datetime.datetime) -> Ketenstand:
    """How the chain stands at this moment. Three queries."""
    zegel = Zegel.objects.order_by("-nummer").first()
    controle = Logregel.objects.filter(actie=Actie.LOGBOEK_CONTROLEREN).order_by("-tijdstip", "-id").first()
    oudste = (
        Logregel.objects.filter(
            tijdstip__gt=zegel.tijdstip if zegel else datetime.datetime.min.replace(tzinfo=datetime.UTC)
        )
        .order_by("tijdstip", "id")
        .values_list("tijdstip", flat=True)
        .first()
    )
    return Ketenstand(
        zegel=zegel,
        nagekeken_op=controle.tijdstip if controle else None,
        is_heel=controle is None or controle.resultaat == Resultaat.GELUKT,
        loopt_achter=oudste is not None and moment - oudste > TE_OUD,
    )
