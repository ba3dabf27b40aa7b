"""The ledger of mail about actions in words, and what comes: for the page of an action and of a person. Reads only.

As of measures: that somebody was mailed, when, and in which function is for everybody who may see the action. Why that
person, and what the mail server said, is for who may know (`Lezer.voluit`) and that person. Addresses are for nobody.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from maatregelen.herinnerschema import regels
from maatregelen.models import Hoedanigheid, Persoon, Stap
from maatregelen.verzendboek import Lezer, stapwoorden, uitkomstwoorden, zonder_adres
from maatregelen.vooruitzicht import VOORUIT
from regietafel.actieaanzegging import RUIMTE, Aanzegging, binnen_bereik, te_melden, vooruit
from regietafel.models import Actiebericht, Actiepunt, Actiestand
from regietafel.models.actiepunt import ActiepuntQuerySet

MIJLPAAL_ZEGT_HET = "Een mijlpaal belooft hetzelfde voor dezelfde dag: daarover gaat de mail."
STAPPEN = 5  # days to come, on the page of an action
UITGEKLAPT = 5  # rows of what was sent that a page shows before the rest is asked for
DAARNA = 4  # days to come of one action, on the page of a person
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


@dataclass(frozen=True)
class Vooruitzicht:
    """What comes for one person about one action: the next mail, a few after it, how many more, and why this person."""

    actiepunt: Actiepunt
    eerste: Komt
    daarna: list[Komt]
    meer: int


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
    """Why nothing is mailed about an action, in a sentence; empty when it is. One query where there is a milestone."""
    if actie.stand != Actiestand.OPEN:
        return f"Dit actiepunt is {actie.get_stand_display()}."
    if not actie.is_afgesproken:
        return "Dit is niet afgesproken."
    if actie.einde is None:
        return "Dit actiepunt heeft geen uiterste dag."
    if actie.mijlpaal_id is not None and not te_melden().filter(pk=actie.pk).exists():
        return MIJLPAAL_ZEGT_HET
    return ""


def vooruit_van(actie: Actiepunt, *, vandaag: datetime.date) -> list[Komt]:
    """What comes about an action of which is told, if nothing changes, from the run of today on. Eight queries."""
    if actie.einde is None:
        return []
    van_kracht = regels()
    tot_en_met = actie.einde + datetime.timedelta(days=max(een.stopt_na for een in van_kracht.values())) + RUIMTE
    per_dag: dict[datetime.date, list[Aanzegging]] = defaultdict(list)
    for dag, een in vooruit([actie], van_kracht, vandaag=vandaag, tot_en_met=tot_en_met):
        per_dag[dag].append(een)
    return [_komt(dag, groep) for dag, groep in list(per_dag.items())[:STAPPEN]]


def per_kring(komend: Iterable[Komt]) -> list[tuple[list[Komt], list[tuple[str, str]]]]:
    """The days on which the same people are mailed, with those people; in order of the first of them."""
    kringen: dict[tuple[tuple[str, str], ...], list[Komt]] = defaultdict(list)
    for komt in komend:
        kringen[tuple(komt.aan)].append(komt)
    return [(dagen, dagen[0].aan) for dagen in kringen.values()]


def vooruit_voor(persoon: Persoon, zichtbaar: ActiepuntQuerySet, *, vandaag: datetime.date) -> list[Vooruitzicht]:
    """What comes for one person in the days ahead, per action that the reader may see, the soonest first. Nine queries,
    two when there is no action at all."""
    tot, van_kracht = vandaag + datetime.timedelta(days=VOORUIT), regels()
    acties = binnen_bereik(te_melden().filter(pk__in=zichtbaar.order_by().values("pk")), vandaag, tot, van_kracht)
    if not acties:
        return []
    gevonden = vooruit(acties, van_kracht, vandaag=vandaag, tot_en_met=tot, alleen=persoon.pk)
    per_actie: dict[int, list[Komt]] = defaultdict(list)
    for dag, een in gevonden:
        per_actie[een.actiepunt.pk].append(_komt(dag, [een]))
    return [
        Vooruitzicht(groep[0].actiepunt, groep[0], groep[1:DAARNA], len(groep[DAARNA:])) for groep in per_actie.values()
    ]


def _komt(dag: datetime.date, groep: list[Aanzegging]) -> Komt:
    """What goes out on one day; who hears of it later has a rhythm of their own, and the longest time is said."""
    laatste = max(groep, key=lambda een: (een.is_voorbij, een.trede if een.is_voorbij else -een.trede))
    aan = sorted((een.persoon.functie, _als(een)) for een in groep)
    return Komt(dag, laatste.actiepunt, stapwoorden(laatste.stap, laatste.trede), aan, laatste.reden)


def _als(een: Aanzegging) -> str:
    """As what, where that says more than the function: only who hears of it because nothing happens."""
    als = str(een.rol.hoedanigheid.label)
    return "" if een.rol.hoedanigheid == Hoedanigheid.DOSSIERHOUDER or als == een.persoon.functie else als
