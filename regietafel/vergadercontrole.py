"""Reads the data files of meetings and says in plain words what is wrong with them.

They lean on the documents: every organisation, measure and milestone in them must stand there. Nothing here touches the
database.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from maatregelen.documentcontrole import INHOUD as INHOUDSBESTAND
from maatregelen.documentcontrole import Documentfout, Gegevens, lees_bestand
from maatregelen.documentschema import Object
from maatregelen.models import Precisie
from regietafel.models import GEWEEST, Vergaderstaat
from regietafel.vergaderschema import INGANGEN, INHOUD, REEKSEN, VERGADERINGEN

VERGADERMAP = Path(__file__).resolve().parent / "gegevens"
# The lists of a point, and how a message calls what stands in them.
REGELSOORTEN = (
    ("inbreng", "inbreng"),
    ("besluiten", "besluit"),
    ("actiepunten", "actiepunt"),
    ("cijfers", "cijfer"),
    ("trends", "trend"),
)


@dataclass
class Vergadergegevens:
    """What the data files say, checked: every name in them leads somewhere."""

    reeksen: list[Object] = field(default_factory=list)
    vergaderingen: list[Object] = field(default_factory=list)


def lees_vergaderingen(map_: Path, documenten: Gegevens, *, vandaag: datetime.date) -> Vergadergegevens:
    """The data files of a folder, complete and checked. Raises Documentfout with everything that is wrong."""
    inhoud = lees_bestand(map_, INHOUDSBESTAND, INHOUD, INGANGEN)
    fouten: list[str] = []
    gelezen: dict[str, Object] = {}
    for naam, schema in [(inhoud["reeksen"], REEKSEN), *((naam, VERGADERINGEN) for naam in inhoud["vergaderingen"])]:
        try:
            gelezen[naam] = lees_bestand(map_, naam, schema, INGANGEN)
        except Documentfout as fout:
            fouten.extend(fout.fouten)
    if fouten:
        raise Documentfout(fouten)
    reeksen = gelezen[inhoud["reeksen"]]["reeksen"]
    vergaderingen = [
        (naam, vergadering) for naam in inhoud["vergaderingen"] for vergadering in gelezen[naam]["vergaderingen"]
    ]
    controle = _Samenhang(documenten, vandaag)
    controle.reeksen(inhoud["reeksen"], reeksen)
    controle.vergaderingen(vergaderingen)
    if controle.fouten:
        raise Documentfout(controle.fouten)
    return Vergadergegevens(reeksen, [vergadering for _, vergadering in vergaderingen])


class _Samenhang:
    """Names that must lead somewhere, things that may occur once, days that must be in order."""

    def __init__(self, documenten: Gegevens, vandaag: datetime.date) -> None:
        self.vandaag = vandaag.isoformat()
        self.fouten: list[str] = []
        self.organisaties = documenten.organisatie_bij_naam()
        maatregelen = [
            maatregel
            for document in documenten.documenten
            for pijler in document["pijlers"]
            for maatregel in pijler["maatregelen"]
        ]
        self.codes = {maatregel["code"] for maatregel in maatregelen}
        self.mijlpalen = {
            f"{maatregel['code']}/{mijlpaal['kenmerk']}"
            for maatregel in maatregelen
            for mijlpaal in maatregel.get("mijlpalen", [])
        }
        self.reeksnamen: set[str] = set()
        self.slugs: dict[str, str] = {}

    def fout(self, *plaats: str, wat: str) -> None:
        """One sentence: where (the empty parts left out), and what is wrong."""
        self.fouten.append(f"{', '.join(deel for deel in plaats if deel)}: {wat}")

    def reeksen(self, bestand: str, reeksen: list[Object]) -> None:
        self._eenmaal((bestand,), "reeks", "slug", reeksen)
        self.reeksnamen = {reeks["slug"] for reeks in reeksen}
        for reeks in reeksen:
            plaats = (bestand, f"reeks {reeks['slug']}")
            for nummer, lid in enumerate(reeks["leden"]):
                self._organisaties(plaats, f"leden[{nummer}].organisatie", [lid["organisatie"]])
                self._volgorde(plaats, lid, "vanaf", "tot", veld=f"leden[{nummer}].tot", gelijk_mag=False)

    def vergaderingen(self, vergaderingen: list[tuple[str, Object]]) -> None:
        for bestand, vergadering in vergaderingen:
            slug = vergadering["slug"]
            if slug in self.slugs:
                wat = f"deze naam heeft ook een vergadering in {self.slugs[slug]}."
                self.fout(bestand, f"vergadering {slug}", "veld slug", wat=wat)
            self.slugs[slug] = bestand
        for bestand, vergadering in vergaderingen:
            self._vergadering((bestand, f"vergadering {vergadering['slug']}"), vergadering)

    def _vergadering(self, plaats: tuple[str, ...], stuk: Object) -> None:
        if stuk["reeks"] not in self.reeksnamen:
            self.fout(*plaats, "veld reeks", wat=f"de reeks '{stuk['reeks']}' is onbekend.")
        if "datum" not in stuk and "datumTekst" not in stuk:
            self.fout(*plaats, "veld datum", wat="geef een datum, of in datumTekst de woorden ervoor.")
        self._volgorde(plaats, stuk, "schattingVan", "schattingTot")
        if stuk["bekendVanaf"] > self.vandaag:
            self.fout(*plaats, "veld bekendVanaf", wat=f"{stuk['bekendVanaf']} ligt in de toekomst.")
        self._staten(plaats, stuk)
        deelnemers = stuk.get("deelnemers", [])
        self._eenmaal(plaats, "deelnemer", "kenmerk", deelnemers)
        if sum(deelnemer["rol"] == "voorzitter" for deelnemer in deelnemers) > 1:
            self.fout(*plaats, "veld deelnemers", wat="er is meer dan een voorzitter.")
        for deelnemer in deelnemers:
            self._deelnemer((*plaats, f"deelnemer {deelnemer['kenmerk']}"), deelnemer)
        punten = stuk.get("agendapunten", [])
        self._eenmaal(plaats, "agendapunt", "nummer", punten)
        for lijst, soort in REGELSOORTEN:
            # In one go: codes and marks are unique in the whole meeting.
            self._eenmaal(plaats, soort, "kenmerk", [regel for punt in punten for regel in punt.get(lijst, [])])
        besluiten = {besluit["kenmerk"] for punt in punten for besluit in punt.get("besluiten", [])}
        for punt in punten:
            self._punt((*plaats, f"agendapunt {punt['nummer']}"), punt, besluiten)

    def _staten(self, plaats: tuple[str, ...], stuk: Object) -> None:
        staten = stuk["staten"]
        for nummer, (vorige, volgende) in enumerate(pairwise(staten), start=1):
            if volgende["naar"] == vorige["naar"]:
                self.fout(*plaats, f"veld staten[{nummer}].naar", wat=f"dit was al {vorige['naar']}.")
            if volgende["per"] < vorige["per"]:
                wat = f"{volgende['per']} ligt voor de stap ervoor ({vorige['per']})."
                self.fout(*plaats, f"veld staten[{nummer}].per", wat=wat)
        if staten[-1]["per"] > self.vandaag:
            wat = f"{staten[-1]['per']} ligt in de toekomst."
            self.fout(*plaats, f"veld staten[{len(staten) - 1}].per", wat=wat)
        vast = staten[-1]["naar"] == Vergaderstaat.VERSLAG_VASTGESTELD
        vaststeller = stuk.get("vastgesteldIn")
        if vast != (vaststeller is not None):
            wat = "een vastgesteld verslag en de vergadering die het vaststelde horen bij elkaar."
            self.fout(*plaats, "veld vastgesteldIn", wat=wat)
        elif vaststeller is not None and vaststeller == stuk["slug"]:
            self.fout(*plaats, "veld vastgesteldIn", wat="een vergadering stelt haar eigen verslag niet vast.")
        elif vaststeller is not None and vaststeller not in self.slugs:
            self.fout(*plaats, "veld vastgesteldIn", wat=f"de vergadering '{vaststeller}' staat in geen enkel bestand.")
        if vast and (stuk.get("deelnemers") or stuk.get("agendapunten")):
            wat = "een vastgesteld verslag is gesloten. Laad eerst de inhoud; stel het verslag daarna vast."
            self.fout(*plaats, "veld agendapunten", wat=wat)
        if staten[-1]["naar"] in GEWEEST and stuk.get("datum", "") > self.vandaag:
            self.fout(*plaats, "veld datum", wat=f"{stuk['datum']} ligt in de toekomst; zij kan niet zijn gehouden.")

    def _deelnemer(self, plaats: tuple[str, ...], deelnemer: Object) -> None:
        self._organisaties(plaats, "organisatie", [deelnemer["organisatie"]] if "organisatie" in deelnemer else [])
        if "naam" not in deelnemer and "ambt" not in deelnemer:
            self.fout(*plaats, "veld naam", wat="geef een naam of een ambt.")
        if "vervanging" in deelnemer and deelnemer["aanwezigheid"] != "afwezig":
            self.fout(*plaats, "veld vervanging", wat="alleen een afwezige wordt vervangen.")
        if "vervanger" in deelnemer and "vervanging" not in deelnemer:
            self.fout(*plaats, "veld vervanger", wat="noem bij een vervanger ook de soort vervanging.")

    def _punt(self, plaats: tuple[str, ...], punt: Object, besluiten: set[str]) -> None:
        self._organisaties(plaats, "inleiders", punt.get("inleiders", []))
        self._maatregelen(plaats, punt)
        self._eenmaal(plaats, "bijlage", "naam", punt.get("bijlagen", []))
        for lijst, soort in REGELSOORTEN:
            for regel in punt.get(lijst, []):
                hier = (*plaats[:-1], f"{soort} {regel['kenmerk']}")
                self._organisaties(hier, "organisatie", [regel["organisatie"]] if "organisatie" in regel else [])
                self._maatregelen(hier, regel)
                if ("regelVan" in regel) != ("regelTot" in regel):
                    self.fout(*hier, "veld regelTot", wat="geef zowel regelVan als regelTot, of geen van beide.")
                elif regel.get("regelTot", 0) < regel.get("regelVan", 0):
                    self.fout(
                        *hier, "veld regelTot", wat=f"{regel['regelTot']} ligt voor regelVan {regel['regelVan']}."
                    )
        for besluit in punt.get("besluiten", []):
            if besluit.get("uitgevoerd", {}).get("op", "") > self.vandaag:
                hier = (*plaats[:-1], f"besluit {besluit['kenmerk']}")
                self.fout(*hier, "veld uitgevoerd.op", wat=f"{besluit['uitgevoerd']['op']} ligt in de toekomst.")
        for cijfer in punt.get("cijfers", []):
            if cijfer.get("waardeTot", cijfer["waarde"]) < cijfer["waarde"]:
                hier = (*plaats[:-1], f"cijfer {cijfer['kenmerk']}")
                self.fout(*hier, "veld waardeTot", wat="deze grens hoort bij een lagere waarde.")
        for actie in punt.get("actiepunten", []):
            self._actie((*plaats[:-1], f"actiepunt {actie['kenmerk']}"), actie, besluiten)

    def _actie(self, plaats: tuple[str, ...], actie: Object, besluiten: set[str]) -> None:
        if "termijnTekst" in actie and "precisie" not in actie:
            self.fout(*plaats, "veld precisie", wat="bij een termijn hoort hoe precies die is.")
        for veld in ("begin", "einde", "precisie", "relatie"):
            if veld in actie and "termijnTekst" not in actie:
                self.fout(*plaats, f"veld {veld}", wat="zonder termijnTekst is er geen termijn.")
        if actie.get("precisie") in (Precisie.VAAG, Precisie.DUUR) and ("begin" in actie or "einde" in actie):
            dag = "begin" if "begin" in actie else "einde"
            self.fout(*plaats, f"veld {dag}", wat=f"bij de precisie {actie['precisie']} hoort geen dag.")
        self._volgorde(plaats, actie, "begin", "einde")
        if actie.get("besluit", "") not in {"", *besluiten}:
            self.fout(*plaats, "veld besluit", wat=f"besluit {actie['besluit']} staat niet in deze vergadering.")
        if actie.get("voorVergadering", "") not in {"", *self.slugs}:
            wat = f"de vergadering '{actie['voorVergadering']}' staat in geen enkel bestand."
            self.fout(*plaats, "veld voorVergadering", wat=wat)
        if actie.get("mijlpaal", "") not in {"", *self.mijlpalen}:
            self.fout(*plaats, "veld mijlpaal", wat=f"mijlpaal {actie['mijlpaal']} staat in geen enkel stuk.")

    def _eenmaal(self, plaats: tuple[str, ...], soort: str, sleutel: str, stukken: Iterable[Object]) -> None:
        gezien: set[str] = set()
        for stuk in stukken:
            if stuk[sleutel] in gezien:
                self.fout(*plaats, f"{soort} {stuk[sleutel]}", f"veld {sleutel}", wat="dit komt twee keer voor.")
            gezien.add(stuk[sleutel])

    def _organisaties(self, plaats: tuple[str, ...], veld: str, namen: Iterable[str]) -> None:
        for naam in namen:
            if naam not in self.organisaties:
                self.fout(*plaats, f"veld {veld}", wat=f"de organisatie '{naam}' is onbekend.")

    def _maatregelen(self, plaats: tuple[str, ...], stuk: Object) -> None:
        for nummer, code in enumerate(stuk.get("maatregelen", [])):
            if code not in self.codes:
                self.fout(*plaats, f"veld maatregelen[{nummer}]", wat=f"maatregel {code} staat in geen enkel stuk.")

    def _volgorde(
        self, plaats: tuple[str, ...], stuk: Object, van: str, tot: str, *, veld: str = "", gelijk_mag: bool = True
    ) -> None:
        if van in stuk and tot in stuk and (stuk[tot] < stuk[van] or (stuk[tot] == stuk[van] and not gelijk_mag)):
            self.fout(*plaats, f"veld {veld or tot}", wat=f"{stuk[tot]} ligt niet na {van} {stuk[van]}.")
