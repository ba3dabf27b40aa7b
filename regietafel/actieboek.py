"""The ledger of mail about actions in words, and what comes: for the page of an action and of a person. Reads only.

As of measures: that somebody was mailed, when, and in which function is for everybody who may see the action. Why that
person, and what the mail server said, is for who may know (`Lezer.voluit`) and that person. Addresses are for nobody.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from maatregelen.herinnerschema import regels
from maatregelen.models import Hoedanigheid, Persoon, Stap
from maatregelen.verzendboek import Lezer, stapwoorden, uitkomstwoorden, zonder_adres
from maatregelen.vooruitzicht import VOORUIT
from regietafel.actieaanzegging import RUIMTE, Aanzegging, binnen_bereik, te_melden, vooruit
from regietafel.models import Actiebericht, Actiepunt, Actiestand
from regietafel.models.actiepunt import ActiepuntQuerySet

STAPPEN = 5  # to come, on the page of an action
MEEST = 50  # of what was sent, on the page of a person


@dataclass(frozen=True)
class Boeking:
    """A row of the ledger as one reader sees it. `nu`: the day that counts now, where it differs from the one told."""

    rij: Actiebericht
    aan: str
    wat: str
    nu: str
    moment: datetime.datetime
    uitkomst: str
    bijzonderheid: str
    reden: str


@dataclass(frozen=True)
class Komt:
    """What goes out about an action on a day, and to whom: function, and as what where that says more."""

    dag: datetime.date
    actiepunt: Actiepunt
    wat: str
    aan: list[tuple[str, str]]
    reden: str


def van_actie(actie: Actiepunt, lezer: Lezer) -> list[Boeking]:
    """What was told about an action, newest first. One query."""
    return _boekingen(Actiebericht.objects.filter(actiepunt=actie).select_related("persoon", "actiepunt"), lezer)


def aan_persoon(persoon: Persoon, zichtbaar: ActiepuntQuerySet, lezer: Lezer) -> list[Boeking]:
    """What one person was last told about actions that the reader may see, newest first. One query."""
    rijen = Actiebericht.objects.filter(persoon=persoon, actiepunt__in=zichtbaar.order_by().values("pk"))
    return _boekingen(rijen.select_related("persoon", "actiepunt")[:MEEST], lezer)


def _boekingen(rijen: Iterable[Actiebericht], lezer: Lezer) -> list[Boeking]:
    uit = []
    for rij in rijen:
        zelf = rij.persoon_id == lezer.persoon.pk
        voluit = zelf or lezer.voluit
        kop = "Termijn loopt af" if rij.stap == Stap.AANKONDIGING else "Termijn is voorbij"
        einde = rij.actiepunt.einde
        anders = f"nu {einde:%d-%m-%Y}" if einde else "nu zonder dag"
        uit.append(
            Boeking(
                rij=rij,
                aan="u" if zelf else rij.persoon.functie,
                wat=f"{kop}, {stapwoorden(rij.stap, rij.trede)}",
                nu="" if einde == rij.sleuteldag else anders,
                moment=rij.afgehandeld_op or rij.gepland_op,
                uitkomst=uitkomstwoorden(rij.uitkomst, rij.pogingen),
                bijzonderheid=zonder_adres(rij.fout) if voluit else "",
                reden=rij.reden if voluit else "",
            )
        )
    return uit


def waarom_niets(actie: Actiepunt) -> str:
    """Why nothing is mailed about an action, in a sentence; empty when it is."""
    if actie.stand != Actiestand.OPEN:
        return f"Dit actiepunt is {actie.get_stand_display()}."
    if not actie.is_afgesproken:
        return "Dit is niet afgesproken."
    if actie.mijlpaal_id is not None:
        return "Een mijlpaal belooft hetzelfde: daarover gaat de mail."
    return "" if actie.einde else "Dit actiepunt heeft geen uiterste dag."


def vooruit_van(actie: Actiepunt, *, vandaag: datetime.date) -> list[Komt]:
    """What comes about an action if nothing changes, from the run of today on: the first steps. Eight queries."""
    if waarom_niets(actie) or actie.einde is None:
        return []
    van_kracht = regels()
    tot_en_met = actie.einde + datetime.timedelta(days=max(een.stopt_na for een in van_kracht.values())) + RUIMTE
    per_stap: dict[tuple[datetime.date, Stap, int], list[Aanzegging]] = {}
    for dag, een in vooruit([actie], van_kracht, vandaag=vandaag, tot_en_met=tot_en_met):
        per_stap.setdefault((dag, een.stap, een.trede), []).append(een)
    return [_komt(dag, groep) for (dag, _, _), groep in per_stap.items()][:STAPPEN]


def vooruit_voor(persoon: Persoon, zichtbaar: ActiepuntQuerySet, *, vandaag: datetime.date) -> list[Komt]:
    """What comes for one person in the days ahead about actions that the reader may see, in order. Nine queries,
    two when there is no action at all."""
    tot, van_kracht = vandaag + datetime.timedelta(days=VOORUIT), regels()
    acties = binnen_bereik(te_melden().filter(pk__in=zichtbaar.order_by().values("pk")), vandaag, tot, van_kracht)
    if not acties:
        return []
    gevonden = vooruit(acties, van_kracht, vandaag=vandaag, tot_en_met=tot, alleen=persoon.pk)
    return [_komt(dag, [een]) for dag, een in gevonden]


def _komt(dag: datetime.date, groep: list[Aanzegging]) -> Komt:
    een = groep[0]
    return Komt(
        dag,
        een.actiepunt,
        stapwoorden(een.stap, een.trede),
        sorted((ander.persoon.functie, _als(ander)) for ander in groep),
        een.reden,
    )


def _als(een: Aanzegging) -> str:
    """As what; nothing where the action is on somebody's name."""
    if een.actiepunt.persoon_id is not None and een.rol.hoedanigheid == Hoedanigheid.DOSSIERHOUDER:
        return ""
    return str(een.rol.hoedanigheid.label)
