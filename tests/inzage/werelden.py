"""One of everything for each state that something can be in, with words by which each is known; and who looks."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

from maatregelen.models import (
    Agenda,
    Maatregel,
    Meting,
    Mijlpaal,
    Opvolging,
    Organisatie,
    Persoon,
    Publicatie,
    Reactie,
    Thema,
    Themaplaats,
    Volger,
    Volgfilter,
    Zichtniveau,
)
from regietafel.models import Actiepunt, Stuk, Terugkoppeling, Vergadering
from tests.factories import LidmaatschapFactory, OrganisatieFactory, PersoonFactory
from tests.regietafel.twee_werelden import SAMEN, leestekst, om, vastgelegd, vul, wereld

DAG = datetime.date(2026, 5, 6)
MOMENT = datetime.datetime(2026, 11, 20, 9, 0, tzinfo=datetime.UTC)
UUR = datetime.timedelta(hours=1)


@dataclass(frozen=True)
class Staat:
    """A state: its word, its level, whose it is, how far it was adopted, and until when it is held back."""

    woord: str
    niveau: Zichtniveau
    van: str = "AenM"
    publicatie: Publicatie = Publicatie.VASTGESTELD
    embargo: datetime.datetime | None = None


STATEN = (
    Staat("eigenrijk", Zichtniveau.EIGEN),
    Staat("eigenpartner", Zichtniveau.EIGEN, van="VNG"),
    Staat("voorhetrijk", Zichtniveau.RIJK),
    Staat("aantafel", Zichtniveau.REGIETAFEL),
    Staat("nogconcept", Zichtniveau.OPENBAAR, publicatie=Publicatie.CONCEPT),
    Staat("vooriedereen", Zichtniveau.OPENBAAR),
    Staat("onderembargo", Zichtniveau.OPENBAAR, embargo=MOMENT + UUR),
    Staat("embargovoorbij", Zichtniveau.OPENBAAR, embargo=MOMENT),
)
VERBORGEN = STATEN[6]
# Texts that are nobody's secret: of organisations, series of meetings, figures and what is aimed at.
ZONDER_EIGEN_STAAT = ("org", "indicator", "reeks", "reekslid", "reekspunt", "doelwaarde")


def kenwoord(staat: Staat, rij: models.Model) -> str:
    """The word of a state and a kind of thing, such as aantafelmaatregel."""
    return f"{staat.woord}{type(rij).__name__.lower()}"


def bouw_werelden(
    organisaties: dict[str, Organisatie], lezers: list[Persoon], door: Persoon, *, meer: bool = False
) -> None:
    """A world per state, each with one of everything; tied to each other in every way things can be tied.

    `meer`: with reactions, papers and a text for the Rijk, recorded shortly before so that looking back shows it.
    """
    rijen = {staat: _wereld(staat, organisaties, door) for staat in STATEN}
    open_ = rijen[STATEN[3]]
    for staat, deze in rijen.items():
        _knoop(open_, deze)
        if not meer or staat == VERBORGEN:
            _knoop_een(open_, deze)
        if meer:
            _reageer(staat, open_["maatregel"], organisaties[staat.van])
            _laat_maken(staat, deze["maatregel"], door)
        for lezer in lezers:
            Volger.objects.create(persoon=lezer, maatregel=deze["maatregel"], sinds=om(DAG))
            Volgfilter.objects.create(
                persoon=lezer, agenda=deze["agenda"], naam="gewoon", meld_nadert=True, sinds=om(DAG)
            )
    if meer:  # of what everybody at the table sees, one text is kept within the Rijk
        intern = {"toelichting": f"{STATEN[2].woord.capitalize()}veld {SAMEN}", "interne_velden": ["toelichting"]}
        Maatregel.objects.filter(pk=open_["maatregel"].pk).update(**intern)
    for staat, deze in rijen.items():  # closes the minutes of some: nothing is tied to those any more
        _scherm_af(staat, deze, organisaties[staat.van])
    # What was recorded so far was recorded that day: looking back from later shows it.
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    if meer:
        vastgelegd(MOMENT.date() - datetime.timedelta(days=2))


def _wereld(staat: Staat, organisaties: dict[str, Organisatie], door: Persoon) -> dict[str, Any]:
    buiten = f"gewoon{STATEN.index(staat)}"
    deze = wereld(staat.woord, DAG, door, buiten=buiten)
    for naam in ZONDER_EIGEN_STAAT:
        vul(deze[naam], buiten, behalve=("tooi_id",))
    Meting.objects.filter(pk=deze["meting"].pk).update(agenda=deze["agenda"])
    for naam, rij in deze.items():
        if naam not in ZONDER_EIGEN_STAAT:
            vul(rij, kenwoord(staat, rij), behalve=_leeg(rij))
    # That a subject comes back through the agendas is no secret; what is said of how it changed is.
    Thema.objects.filter(pk=deze["thema"].pk).update(titel=f"{buiten} thema")
    return deze


def _leeg(rij: Any) -> tuple[str, ...]:
    """The texts that have to stay empty."""
    return tuple(veld.name for veld in leestekst(type(rij)) if not getattr(rij, veld.name))


def _knoop(open_: dict[str, Any], deze: dict[str, Any]) -> None:
    """Tie the world of the table to another: a link must not tell what it leads to."""
    if open_ is deze:
        return
    Opvolging.objects.create(van=open_["maatregel"], naar=deze["ander"], soort="voortgezet")
    Opvolging.objects.create(van=deze["ander"], naar=open_["ander"], soort="gesplitst")
    Themaplaats.objects.create(thema=open_["thema"], maatregel=deze["maatregel"], volgorde=9)
    open_["punt"].maatregelen.add(deze["maatregel"])
    open_["inbreng"].maatregelen.add(deze["maatregel"])
    open_["cijfer"].maatregelen.add(deze["maatregel"])
    open_["actie"].maatregelen.add(deze["maatregel"])
    deze["punt"].maatregelen.add(open_["maatregel"])
    deze["inbreng"].maatregelen.add(open_["maatregel"])
    deze["actie"].maatregelen.add(open_["maatregel"])
    deze["punt"].eerdere_besluiten.add(open_["besluit"])
    open_["punt"].eerdere_besluiten.add(deze["besluit"])
    Terugkoppeling.objects.create(besluit=open_["besluit"], maatregel=deze["maatregel"])
    Terugkoppeling.objects.create(besluit=deze["besluit"], maatregel=open_["maatregel"])
    Meting.objects.create(
        indicator=open_["indicator"], waarde=7, peildatum=DAG, bron=deze["meting"].bron, agenda=deze["agenda"]
    )


def _knoop_een(open_: dict[str, Any], deze: dict[str, Any]) -> None:
    """The ties of which there is one: it leads to the last, or to what is hidden from most."""
    if open_ is deze:
        return
    Actiepunt.objects.filter(pk=open_["klaar"].pk).update(mijlpaal=deze["open"], voor_vergadering=deze["tafel"])
    Mijlpaal.objects.filter(pk=open_["open"].pk).update(na_mijlpaal=deze["open"])


def _reageer(staat: Staat, maatregel: Maatregel, van: Organisatie) -> None:
    """What an organisation says of the measure of the table, for whom this state says."""
    Reactie.objects.create(
        maatregel=maatregel,
        organisatie=van,
        tekst=f"{staat.woord.capitalize()}reactie {SAMEN}",
        zichtbaarheid=staat.niveau,
        afgeschermd_voor=van,
        embargo_tot=staat.embargo,
    )


def _laat_maken(staat: Staat, maatregel: Maatregel, door: Persoon) -> None:
    """A paper about a measure, asked for by who could see it then."""
    Stuk.objects.create(
        soort="onepager",
        formaat="pdf",
        titel=f"{staat.woord.capitalize()}stuk {SAMEN}",
        onderwerp={"maatregel": maatregel.code},
        peildatum=DAG,
        gezien_op=om(DAG),
        gevraagd_door=door,
    )


def _scherm_af(staat: Staat, deze: dict[str, Any], van: Organisatie) -> None:
    """Say of the whole for whom it is: what hangs under it follows."""
    hoe = {"zichtbaarheid": staat.niveau, "embargo_tot": staat.embargo, "afgeschermd_voor": van}
    Agenda.objects.filter(pk=deze["agenda"].pk).update(**hoe, publicatie=staat.publicatie)
    Maatregel.objects.filter(pijler__agenda=deze["agenda"]).update(publicatie=staat.publicatie)
    if staat.publicatie == Publicatie.VASTGESTELD:
        later = Vergadering.objects.create(
            slug=f"gewoon{STATEN.index(staat)}later", titel="gewoon later", datum=DAG, bekend_vanaf=DAG, zichtbaarheid=2
        )
        Vergadering.objects.filter(pk=deze["tafel"].pk).update(staat="verslag_vastgesteld", vastgesteld_in=later)
    Vergadering.objects.filter(pk=deze["tafel"].pk).update(**hoe)


def mensen_van(organisaties: dict[str, Organisatie]) -> dict[str, Persoon]:
    """Who looks, by short name; each has the role that the name says, none of them two."""
    uit: dict[str, Persoon] = {"rolloos": PersoonFactory(email="rolloos@voorbeeld.nl", functie="Zonder rol")}
    for naam, bij, rol in (
        ("lezer IPO", "IPO", "lezer"),
        ("lezer VNG", "VNG", "lezer"),
        ("dossierhouder VNG", "VNG", "dossierhouder"),
        ("lezer SZW", "SZW", "lezer"),
        ("coordinator AenM", "AenM", "coordinator"),
        ("secretariaat", "LRT-secretariaat", "secretariaat"),
        ("beheerder", "LRT-secretariaat", "beheerder"),
        ("auditor", "Auditdienst", "auditor"),
    ):
        uit[naam] = PersoonFactory(email=f"{naam.replace(' ', '.').lower()}@voorbeeld.nl", functie=naam)
        LidmaatschapFactory(persoon=uit[naam], organisatie=organisaties[bij], rol=rol)
    return uit


def organisaties() -> dict[str, Organisatie]:
    """Two of the Rijk and its offices, two partners."""
    soorten = {"AenM": "ministerie", "SZW": "ministerie", "LRT-secretariaat": "onderdeel", "Auditdienst": "onderdeel"}
    soorten |= {"VNG": "koepel", "IPO": "koepel"}
    return {naam: OrganisatieFactory(afkorting=naam, slug=naam.lower(), soort=soort) for naam, soort in soorten.items()}


def alle_kenwoorden() -> Iterator[str]:
    """The word of each state."""
    return (staat.woord for staat in STATEN)
