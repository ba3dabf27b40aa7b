"""Reads the data files of the documents and says in plain words what is wrong with them.

Nothing here touches the database: a file is judged as a whole before a single row is written.
"""

import datetime
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError as Schemafout

from maatregelen.documentschema import SCHEMAS, Object
from maatregelen.models import Precisie

GEGEVENSMAP = Path(__file__).resolve().parent / "gegevens"
INHOUD = "inhoud.json"
DATUMVORM = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Documentfout(Exception):  # noqa: N818 - Dutch, like every name of the domain
    """Data files that cannot be loaded; `fouten` names file, entry and field, one sentence each."""

    def __init__(self, fouten: Iterable[str]) -> None:
        self.fouten = list(fouten)
        super().__init__("\n".join(self.fouten))


@dataclass
class Gegevens:
    """What the data files say, checked: every name in them leads somewhere."""

    organisaties: list[Object] = field(default_factory=list)
    documenten: list[Object] = field(default_factory=list)
    cycli: list[Object] = field(default_factory=list)
    themas: list[Object] = field(default_factory=list)

    def organisatie_bij_naam(self) -> dict[str, str]:
        """From every name, abbreviation and alias to the slug of its organisation."""
        return {naam: organisatie["slug"] for organisatie in self.organisaties for naam in namen_van(organisatie)}


def namen_van(organisatie: Object) -> set[str]:
    """The words by which texts name this organisation."""
    return {organisatie["naam"], organisatie["afkorting"], *organisatie.get("aliassen", [])}


# --- Reading ---------------------------------------------------------------------------------------------------------


def lees(map_: Path, *, vandaag: datetime.date) -> Gegevens:
    """The data files of a folder, complete and checked. Raises Documentfout with everything that is wrong."""
    inhoud = lees_bestand(map_, INHOUD, SCHEMAS["inhoud"])
    fouten: list[str] = []

    def bestanden(soort: str, *namen: str) -> Iterator[tuple[str, Object]]:
        for naam in namen:
            try:
                yield naam, lees_bestand(map_, naam, SCHEMAS[soort])
            except Documentfout as fout:
                fouten.extend(fout.fouten)

    organisaties = list(bestanden("organisaties", inhoud["organisaties"]))
    documenten = list(bestanden("document", *inhoud["documenten"]))
    cycli = list(bestanden("cyclus", *inhoud.get("cycli", [])))
    themas = list(bestanden("themas", inhoud["themas"]))
    if fouten:
        raise Documentfout(fouten)
    controle = _Samenhang(vandaag)
    for naam, stuk in organisaties:
        controle.organisaties(naam, stuk["organisaties"])
    for naam, stuk in documenten:
        controle.document(naam, stuk)
    for naam, stuk in cycli:
        controle.cyclus(naam, stuk)
    for naam, stuk in themas:
        controle.themas(naam, stuk["themas"])
    if controle.fouten:
        raise Documentfout(controle.fouten)
    return Gegevens(
        organisaties=[organisatie for _, stuk in organisaties for organisatie in stuk["organisaties"]],
        documenten=[stuk for _, stuk in documenten],
        cycli=[stuk for _, stuk in cycli],
        themas=[thema for _, stuk in themas for thema in stuk["themas"]],
    )


# How an entry is called in a message: by its list, and by what identifies it within.
INGANGEN = {
    "pijlers": ("pijler", "nummer"),
    "maatregelen": ("maatregel", "code"),
    "organisaties": ("organisatie", "slug"),
    "themas": ("thema", "slug"),
    "cijfers": ("cijfer", "indicator"),
}


def lees_bestand(map_: Path, naam: str, schema: Object, ingangen: Mapping[str, tuple[str, str]] = INGANGEN) -> Object:
    """What a data file says, in the form that belongs to it.

    `ingangen` says how a message calls the entries of a list. Raises Documentfout with everything that is wrong.
    """
    pad = map_ / naam
    try:
        inhoud = json.loads(pad.read_bytes().decode("utf-8"), object_pairs_hook=_zonder_dubbele)
    except FileNotFoundError:
        raise Documentfout([f"{naam}: dit bestand ontbreekt in de map {map_}."]) from None
    except OSError as fout:
        raise Documentfout([f"{naam}: dit bestand is niet te lezen ({fout.strerror})."]) from None
    except UnicodeDecodeError as fout:
        raise Documentfout([f"{naam}: dit is geen UTF-8-tekst (byte {fout.start + 1} klopt niet)."]) from None
    except json.JSONDecodeError as fout:
        raise Documentfout([f"{naam}: dit is geen geldige JSON (regel {fout.lineno}, teken {fout.colno})."]) from None
    except _DubbeleSleutel as fout:
        raise Documentfout([f"{naam}: het veld {fout} staat twee keer in hetzelfde onderdeel."]) from None
    except RecursionError:
        raise Documentfout([f"{naam}: dit bestand is te diep genest."]) from None
    toets = Draft202012Validator(schema, format_checker=FormatChecker(["date"]))
    schemafouten = sorted(toets.iter_errors(inhoud), key=lambda fout: [str(deel) for deel in fout.absolute_path])
    if schemafouten:
        raise Documentfout(_in_woorden(naam, inhoud, fout, ingangen) for fout in schemafouten)
    return dict(inhoud)


class _DubbeleSleutel(Exception):  # noqa: N818 - an internal signal, named for what it found
    pass


def _zonder_dubbele(paren: list[tuple[str, Any]]) -> Object:
    uit: Object = {}
    for sleutel, waarde in paren:
        if sleutel in uit:
            raise _DubbeleSleutel(sleutel)
        uit[sleutel] = waarde
    return uit


def _in_woorden(bestand: str, inhoud: Any, fout: Schemafout, ingangen: Mapping[str, tuple[str, str]]) -> str:
    """One sentence: file, entry (the innermost one that has a name), field, and what is wrong."""
    ingang, veld, hier, vorige = "", "", inhoud, ""
    for deel in fout.absolute_path:
        hier = hier[deel]
        if isinstance(deel, int):
            veld += f"[{deel}]"
            if vorige in ingangen and isinstance(hier, dict):
                soort, sleutel = ingangen[vorige]
                ingang, veld = f"{soort} {hier.get(sleutel, f'nummer {deel + 1} in de lijst')}", ""
        else:
            veld += f".{deel}" if veld else deel
            vorige = deel
    if fout.validator in ("required", "additionalProperties"):
        naam, wat = _ontbrekend_of_onbekend(fout)
        veld = f"{veld}.{naam}" if veld else naam
    else:
        wat = _bezwaar(fout)
    plaats = ", ".join(deel for deel in (bestand, ingang, f"veld {veld}" if veld else "") if deel)
    return f"{plaats}: {wat}"


def _ontbrekend_of_onbekend(fout: Schemafout) -> tuple[str, str]:
    aanwezig: Any = fout.instance
    schema: Any = fout.schema
    if fout.validator == "required":
        # jsonschema reports each missing field in its own error, and names it only in its message.
        gevonden = re.match(r"'(.+)' is a required property", fout.message)
        return (gevonden[1] if gevonden else "?"), "dit veld ontbreekt."
    onbekend = sorted(set(aanwezig) - set(schema["properties"]))
    return onbekend[0], f"dit veld is onbekend. Bekend zijn: {', '.join(schema['properties'])}."


SOORTEN = {"string": "tekst", "integer": "een geheel getal", "number": "een getal", "boolean": "true of false",
           "array": "een lijst", "object": "een onderdeel met velden"}  # fmt: skip


def _bezwaar(fout: Schemafout) -> str:
    grens: Any = fout.validator_value
    waarde = _kort(fout.instance)
    zinnen: dict[str, Callable[[], str]] = {
        "type": lambda: (
            f"hier hoort {SOORTEN[grens[0] if isinstance(grens, list) else grens]} te staan, niet {waarde}."
        ),
        "enum": lambda: f"{waarde} is geen bekende waarde. Kies uit: {', '.join(grens)}.",
        "maxLength": lambda: f"de tekst is langer dan {grens} tekens.",
        "minimum": lambda: f"{waarde} is te klein; het laagste is {grens}.",
        "maximum": lambda: f"{waarde} is te groot; het hoogste is {grens}.",
        "minItems": lambda: "de lijst is leeg.",
        "uniqueItems": lambda: "in de lijst staat iets dubbel.",
        "format": lambda: (
            f"{waarde} is geen bestaande datum."
            if DATUMVORM.fullmatch(str(fout.instance))
            else f"{waarde} is geen datum; schrijf die als 2026-12-31."
        ),
        "pattern": lambda: (
            "dit veld is leeg."
            if isinstance(fout.instance, str) and not fout.instance.strip()
            else f"{waarde} heeft niet de vorm die hier hoort."
        ),
    }
    return zinnen[str(fout.validator)]()


def _kort(waarde: Any) -> str:
    tekst = json.dumps(waarde, ensure_ascii=False)
    return tekst if len(tekst) <= 60 else f"{tekst[:57]}..."


# --- Whether it hangs together ---------------------------------------------------------------------------------------


class _Samenhang:
    """Names that must lead somewhere, things that may occur once, days that must be in order."""

    def __init__(self, vandaag: datetime.date) -> None:
        self.vandaag = vandaag.isoformat()
        self.fouten: list[str] = []
        self.namen: dict[str, str] = {}
        self.agendas: dict[str, str] = {}
        self.codes: dict[str, str] = {}
        self.eenheden: dict[str, str] = {}
        self.kenmerken: set[tuple[str, str]] = set()

    def fout(self, *plaats: str, wat: str) -> None:
        self.fouten.append(f"{', '.join(deel for deel in plaats if deel)}: {wat}")

    def organisaties(self, bestand: str, organisaties: list[Object]) -> None:
        slugs = self._eenmaal(bestand, "organisatie", "slug", organisaties)
        tooi: dict[str, str] = {}
        for organisatie in organisaties:
            plaats = (bestand, f"organisatie {organisatie['slug']}")
            for naam in sorted(namen_van(organisatie)):
                if naam in self.namen and self.namen[naam] != organisatie["slug"]:
                    wat = f"'{naam}' is ook al een naam van {self.namen[naam]}."
                    self.fout(*plaats, "veld naam, afkorting of aliassen", wat=wat)
                self.namen[naam] = organisatie["slug"]
            if (kenmerk := organisatie.get("tooiId")) and tooi.setdefault(kenmerk, organisatie["slug"]) != organisatie[
                "slug"
            ]:
                self.fout(*plaats, "veld tooiId", wat=f"{kenmerk} is ook al van {tooi[kenmerk]}.")
            self._volgorde(plaats, organisatie, "geldigVan", "geldigTot", gelijk_mag=False)
            if "opvolger" in organisatie and "geldigTot" not in organisatie:
                self.fout(
                    *plaats, "veld opvolger", wat="een organisatie heeft pas een opvolger als geldigTot is ingevuld."
                )
        self._ouders(bestand, "organisatie", "opvolger", {o["slug"]: o.get("opvolger") for o in organisaties}, slugs)

    def document(self, bestand: str, document: Object) -> None:
        if document["slug"] in self.agendas:
            wat = f"'{document['slug']}' is al de naam van het stuk in {self.agendas[document['slug']]}."
            self.fout(bestand, "veld slug", wat=wat)
        self.agendas[document["slug"]] = bestand
        if "documentdatum" not in document and "schattingVan" not in document:
            self.fout(bestand, "veld documentdatum", wat="geef een documentdatum of een schatting (schattingVan).")
        if ("schattingVan" in document) != ("datumBasis" in document):
            self.fout(bestand, "veld datumBasis", wat="een geschatte datum en de basis daarvan horen bij elkaar.")
        self._volgorde((bestand,), document, "schattingVan", "schattingTot")
        if document["geldtVanaf"] > self.vandaag:
            self.fout(bestand, "veld geldtVanaf", wat=f"{document['geldtVanaf']} ligt in de toekomst.")
        pijlers = document["pijlers"]
        nummers = self._eenmaal(bestand, "pijler", "nummer", pijlers)
        self._ouders(bestand, "pijler", "bovenliggend", {p["nummer"]: p.get("bovenliggend") for p in pijlers}, nummers)
        maatregelen = [maatregel for pijler in pijlers for maatregel in pijler["maatregelen"]]
        codes = self._eenmaal(bestand, "maatregel", "code", maatregelen)
        ouders = {maatregel["code"]: maatregel.get("onderdeelVan") for maatregel in maatregelen}
        self._ouders(bestand, "maatregel", "onderdeelVan", ouders, codes)
        for pijler in pijlers:
            plaats = (bestand, f"pijler {pijler['nummer']}")
            self._regels(plaats, "", pijler)
            self._bekend(plaats, pijler, "verantwoordelijk", "inleiders")
        for maatregel in maatregelen:
            self._maatregel(bestand, maatregel)
        self._cijfers(bestand, document.get("cijfers", []))

    def _maatregel(self, bestand: str, maatregel: Object) -> None:
        code = maatregel["code"]
        plaats = (bestand, f"maatregel {code}")
        if self.codes.setdefault(code, bestand) != bestand:
            self.fout(*plaats, "veld code", wat=f"deze code staat ook in {self.codes[code]}.")
        self._regels(plaats, "", maatregel)
        self._bekend(plaats, maatregel, "verantwoordelijk", "verantwoordelijkGeerfd", "betrokken")
        for lijst in ("mijlpalen", "tijdsaanduidingen"):
            for nummer, termijn in enumerate(maatregel.get(lijst, [])):
                self._termijn(plaats, f"{lijst}[{nummer}]", termijn, code)

    def cyclus(self, bestand: str, cyclus: Object) -> None:
        if cyclus["maatregel"] not in self.codes:
            self.fout(bestand, "veld maatregel", wat=f"maatregel {cyclus['maatregel']} staat in geen enkel stuk.")
        for nummer, mijlpaal in enumerate(cyclus["mijlpalen"]):
            self._termijn((bestand,), f"mijlpalen[{nummer}]", mijlpaal, cyclus["maatregel"])

    def themas(self, bestand: str, themas: list[Object]) -> None:
        self._eenmaal(bestand, "thema", "slug", themas)
        for thema in themas:
            for nummer, code in enumerate(thema["maatregelen"]):
                if code not in self.codes:
                    plaats = (bestand, f"thema {thema['slug']}", f"veld maatregelen[{nummer}]")
                    self.fout(*plaats, wat=f"maatregel {code} staat in geen enkel stuk.")

    def _termijn(self, plaats: tuple[str, ...], veld: str, termijn: Object, code: str) -> None:
        if (code, termijn["kenmerk"]) in self.kenmerken:
            wat = f"{termijn['kenmerk']} staat twee keer bij maatregel {code}."
            self.fout(*plaats, f"veld {veld}.kenmerk", wat=wat)
        self.kenmerken.add((code, termijn["kenmerk"]))
        self._volgorde(plaats, termijn, "begin", "einde", veld=veld)
        self._regels(plaats, veld, termijn)
        if termijn["precisie"] in (Precisie.VAAG, Precisie.DUUR) and ("begin" in termijn or "einde" in termijn):
            dag = "begin" if "begin" in termijn else "einde"
            wat = f"bij de precisie {termijn['precisie']} hoort geen dag."
            self.fout(*plaats, f"veld {veld}.{dag}", wat=wat)
        if ("behaaldOp" in termijn) != ("behaaldBewijs" in termijn):
            self.fout(*plaats, f"veld {veld}.behaaldBewijs", wat="behaald en waaruit dat blijkt horen bij elkaar.")
        if termijn.get("behaaldOp", "") > self.vandaag:
            self.fout(*plaats, f"veld {veld}.behaaldOp", wat=f"{termijn['behaaldOp']} ligt in de toekomst.")

    def _cijfers(self, bestand: str, cijfers: list[Object]) -> None:
        self._eenmaal(bestand, "cijfer", "indicator", cijfers)
        for cijfer in cijfers:
            plaats = (bestand, f"cijfer {cijfer['indicator']}")
            if ("waarde" in cijfer) == ("waardeTekst" in cijfer):
                self.fout(*plaats, "veld waarde", wat="geef een waarde of een waardeTekst, en niet allebei.")
            if "waardeTot" in cijfer and cijfer["waardeTot"] < cijfer.get("waarde", cijfer["waardeTot"] + 1):
                self.fout(*plaats, "veld waardeTot", wat="deze grens hoort bij een lagere waarde.")
            if self.eenheden.setdefault(cijfer["indicator"], cijfer["eenheid"]) != cijfer["eenheid"]:
                wat = f"elders is de eenheid van dit cijfer {self.eenheden[cijfer['indicator']]}."
                self.fout(*plaats, "veld eenheid", wat=wat)

    def _eenmaal(self, bestand: str, soort: str, sleutel: str, stukken: list[Object]) -> set[str]:
        gezien: set[str] = set()
        for stuk in stukken:
            if stuk[sleutel] in gezien:
                self.fout(bestand, f"{soort} {stuk[sleutel]}", f"veld {sleutel}", wat="dit komt twee keer voor.")
            gezien.add(stuk[sleutel])
        return gezien

    def _ouders(self, bestand: str, soort: str, veld: str, ouders: dict[str, str | None], bekend: set[str]) -> None:
        """Each parent is known in the same file, and following parents never leads back."""
        for kind, ouder in ouders.items():
            if ouder is None:
                continue
            if ouder not in bekend:
                self.fout(bestand, f"{soort} {kind}", f"veld {veld}", wat=f"{ouder} staat niet in dit bestand.")
                continue
            gezien, hoger = {kind}, ouders.get(kind)
            while hoger is not None and hoger not in gezien:
                gezien.add(hoger)
                hoger = ouders.get(hoger)
            if hoger == kind:
                self.fout(bestand, f"{soort} {kind}", f"veld {veld}", wat="dit loopt in een kring.")

    def _bekend(self, plaats: tuple[str, ...], stuk: Object, *velden: str) -> None:
        for veld in velden:
            for nummer, naam in enumerate(stuk.get(veld, [])):
                if naam not in self.namen:
                    self.fout(*plaats, f"veld {veld}[{nummer}]", wat=f"de organisatie '{naam}' is onbekend.")

    def _regels(self, plaats: tuple[str, ...], veld: str, stuk: Object) -> None:
        naam = f"{veld}.regelTot" if veld else "regelTot"
        if ("regelVan" in stuk) != ("regelTot" in stuk):
            self.fout(*plaats, f"veld {naam}", wat="geef zowel regelVan als regelTot, of geen van beide.")
        elif stuk.get("regelTot", 0) < stuk.get("regelVan", 0):
            self.fout(*plaats, f"veld {naam}", wat=f"{stuk['regelTot']} ligt voor regelVan {stuk['regelVan']}.")

    def _volgorde(
        self, plaats: tuple[str, ...], stuk: Object, van: str, tot: str, *, veld: str = "", gelijk_mag: bool = True
    ) -> None:
        if van in stuk and tot in stuk and (stuk[tot] < stuk[van] or (stuk[tot] == stuk[van] and not gelijk_mag)):
            naam = f"{veld}.{tot}" if veld else tot
            self.fout(*plaats, f"veld {naam}", wat=f"{stuk[tot]} ligt niet na {van} {stuk[van]}.")
