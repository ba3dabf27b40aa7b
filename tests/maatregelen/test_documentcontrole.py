"""A broken data file is named with its entry and field, in plain words, and nothing is loaded."""

import datetime
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from maatregelen.documentcontrole import GEGEVENSMAP, Documentfout, lees
from maatregelen.models import Agenda, Indicator, Organisatie, Thema

VANDAAG = datetime.date(2026, 11, 20)


@pytest.fixture
def kopie(tmp_path: Path) -> Path:
    """The data files, to be broken."""
    return Path(shutil.copytree(GEGEVENSMAP, tmp_path / "gegevens"))


def bezwaren(map_: Path) -> list[str]:
    """What is said about the files in a folder."""
    with pytest.raises(Documentfout) as gevangen:
        lees(map_, vandaag=VANDAAG)
    return gevangen.value.fouten


def verander(map_: Path, naam: str, hoe: Callable[[Any], Any]) -> None:
    """Change a file."""
    inhoud = json.loads((map_ / naam).read_text(encoding="utf-8"))
    hoe(inhoud)
    (map_ / naam).write_text(json.dumps(inhoud), encoding="utf-8")


def m(code: str, document: Any) -> Any:
    """The entry of a measure."""
    return next(m for pijler in document["pijlers"] for m in pijler["maatregelen"] if m["code"] == code)


def verdeel(document: Any) -> Any:
    """The measure of the verdeelbesluit."""
    return m("2024-2-03", document)


KAPOT: list[tuple[str, str, Callable[[Any], Any], list[str]]] = [
    (
        "no such day",
        "2024.json",
        lambda d: verdeel(d)["mijlpalen"][0].update(einde="2024-12-32"),
        ['2024.json, maatregel 2024-2-03, veld mijlpalen[0].einde: "2024-12-32" is geen bestaande datum.'],
    ),
    (
        "a day in words",
        "2024.json",
        lambda d: verdeel(d)["mijlpalen"][0].update(begin="1 december"),
        [
            "2024.json, maatregel 2024-2-03, veld mijlpalen[0].begin: "
            '"1 december" is geen datum; schrijf die als 2026-12-31.'
        ],
    ),
    (
        "a day without dashes, which Python would accept",
        "2024.json",
        lambda d: d.update(geldtVanaf="20240926"),
        ['2024.json, veld geldtVanaf: "20240926" is geen datum; schrijf die als 2026-12-31.'],
    ),
    (
        "ends before it begins",
        "2024.json",
        lambda d: verdeel(d)["mijlpalen"][0].update(begin="2024-12-31"),
        ["2024.json, maatregel 2024-2-03, veld mijlpalen[0].einde: 2024-12-30 ligt niet na begin 2024-12-31."],
    ),
    (
        "vague with a day",
        "2024.json",
        lambda d: verdeel(d)["mijlpalen"][0].update(precisie="vaag"),
        ["2024.json, maatregel 2024-2-03, veld mijlpalen[0].einde: bij de precisie vaag hoort geen dag."],
    ),
    (
        "unknown choice",
        "2024.json",
        lambda d: verdeel(d)["mijlpalen"][0].update(relatie="omstreeks"),
        [
            '2024.json, maatregel 2024-2-03, veld mijlpalen[0].relatie: "omstreeks" is geen bekende waarde. '
            "Kies uit: op, in, voor, uiterlijk, tot, vanaf, tussen, binnen."
        ],
    ),
    (
        "same mark twice",
        "2024.json",
        lambda d: verdeel(d)["mijlpalen"].append(dict(verdeel(d)["mijlpalen"][0])),
        ["2024.json, maatregel 2024-2-03, veld mijlpalen[1].kenmerk: D000-05 staat twee keer bij maatregel 2024-2-03."],
    ),
    (
        "reached without evidence",
        "2024.json",
        lambda d: verdeel(d)["mijlpalen"][0].update(behaaldOp="2024-12-20"),
        [
            "2024.json, maatregel 2024-2-03, veld mijlpalen[0].behaaldBewijs: "
            "behaald en waaruit dat blijkt horen bij elkaar."
        ],
    ),
    (
        "reached tomorrow",
        "2024.json",
        lambda d: verdeel(d)["mijlpalen"][0].update(behaaldOp="2026-11-21", behaaldBewijs="x"),
        ["2024.json, maatregel 2024-2-03, veld mijlpalen[0].behaaldOp: 2026-11-21 ligt in de toekomst."],
    ),
    (
        "unknown organisation",
        "2024.json",
        lambda d: verdeel(d)["betrokken"].append("RvdK"),
        ["2024.json, maatregel 2024-2-03, veld betrokken[2]: de organisatie 'RvdK' is onbekend."],
    ),
    (
        "unknown organisation in a heading",
        "2024.json",
        lambda d: d["pijlers"][1]["verantwoordelijk"].append("RvdK"),
        ["2024.json, pijler 1, veld verantwoordelijk[1]: de organisatie 'RvdK' is onbekend."],
    ),
    (
        "part of nothing",
        "2024.json",
        lambda d: verdeel(d).update(onderdeelVan="2018-1-01"),
        ["2024.json, maatregel 2024-2-03, veld onderdeelVan: 2018-1-01 staat niet in dit bestand."],
    ),
    (
        "part of itself",
        "2024.json",
        lambda d: verdeel(d).update(onderdeelVan="2024-2-03"),
        ["2024.json, maatregel 2024-2-03, veld onderdeelVan: dit loopt in een kring."],
    ),
    (
        "part of each other",
        "2024.json",
        lambda d: [verdeel(d).update(onderdeelVan="2024-2-02"), m("2024-2-02", d).update(onderdeelVan="2024-2-03")],
        [
            "2024.json, maatregel 2024-2-02, veld onderdeelVan: dit loopt in een kring.",
            "2024.json, maatregel 2024-2-03, veld onderdeelVan: dit loopt in een kring.",
        ],
    ),
    (
        "the same code twice in a file",
        "2024.json",
        lambda d: m("2024-6-05", d).update(code="2024-2-04"),
        ["2024.json, maatregel 2024-2-04, veld code: dit komt twee keer voor."],
    ),
    (
        "the same code in two files",
        "2024.json",
        lambda d: m("2024-5-05", d).update(code="2018-1-01"),
        [
            "2024.json, maatregel 2018-1-01, veld code: deze code staat ook in 2018.json.",
            "themas.json, thema oekraine-terugkeer, veld maatregelen[1]: maatregel 2024-5-05 staat in geen enkel stuk.",
        ],
    ),
    (
        "missing field",
        "2024.json",
        lambda d: verdeel(d).pop("titel"),
        ["2024.json, maatregel 2024-2-03, veld titel: dit veld ontbreekt."],
    ),
    (
        "missing name",
        "2024.json",
        lambda d: verdeel(d).pop("code"),
        ["2024.json, maatregel nummer 3 in de lijst, veld code: dit veld ontbreekt."],
    ),
    (
        "unknown field",
        "2024.json",
        lambda d: verdeel(d)["wetstraject"].update(kleur="rood"),
        [
            "2024.json, maatregel 2024-2-03, veld wetstraject.kleur: dit veld is onbekend. "
            "Bekend zijn: soort, standTekst, dossier."
        ],
    ),
    (
        "blank",
        "2024.json",
        lambda d: verdeel(d).update(titel="  "),
        ["2024.json, maatregel 2024-2-03, veld titel: dit veld is leeg."],
    ),
    (
        "too long for its column",
        "2024.json",
        lambda d: verdeel(d).update(titel="x" * 251),
        ["2024.json, maatregel 2024-2-03, veld titel: de tekst is langer dan 250 tekens."],
    ),
    (
        "a code in capitals",
        "2024.json",
        lambda d: m("2024-6-05", d).update(code="2024-6-O5"),
        ['2024.json, maatregel 2024-6-O5, veld code: "2024-6-O5" heeft niet de vorm die hier hoort.'],
    ),
    (
        "a code that ends in a new line",
        "2024.json",
        lambda d: m("2024-6-05", d).update(code="2024-6-05\n"),
        ['2024.json, maatregel 2024-6-05\n, veld code: "2024-6-05\\n" heeft niet de vorm die hier hoort.'],
    ),
    (
        "number for text, and two faults told at once",
        "2024.json",
        lambda d: [verdeel(d).update(titel=5), d.update(isLopend="ja")],
        [
            '2024.json, veld isLopend: hier hoort true of false te staan, niet "ja".',
            "2024.json, maatregel 2024-2-03, veld titel: hier hoort tekst te staan, niet 5.",
        ],
    ),
    (
        "line zero",
        "2024.json",
        lambda d: verdeel(d).update(regelVan=0),
        ["2024.json, maatregel 2024-2-03, veld regelVan: 0 is te klein; het laagste is 1."],
    ),
    (
        "lines backwards",
        "2024.json",
        lambda d: verdeel(d).update(regelVan=97),
        ["2024.json, maatregel 2024-2-03, veld regelTot: 96 ligt voor regelVan 97."],
    ),
    (
        "half a pair of lines",
        "2024.json",
        lambda d: verdeel(d)["mijlpalen"][0].pop("regelTot"),
        [
            "2024.json, maatregel 2024-2-03, veld mijlpalen[0].regelTot: "
            "geef zowel regelVan als regelTot, of geen van beide."
        ],
    ),
    (
        "no date at all",
        "2024.json",
        lambda d: [d.pop(veld) for veld in ("schattingVan", "schattingTot", "datumBasis")],
        ["2024.json, veld documentdatum: geef een documentdatum of een schatting (schattingVan)."],
    ),
    (
        "estimate without basis",
        "2024.json",
        lambda d: d.pop("datumBasis"),
        ["2024.json, veld datumBasis: een geschatte datum en de basis daarvan horen bij elkaar."],
    ),
    (
        "a document of tomorrow",
        "2024.json",
        lambda d: d.update(geldtVanaf="2026-11-21"),
        ["2024.json, veld geldtVanaf: 2026-11-21 ligt in de toekomst."],
    ),
    (
        "two documents of one name",
        "2024.json",
        lambda d: d.update(slug="2018"),
        ["2024.json, veld slug: '2018' is al de naam van het stuk in 2018.json."],
    ),
    (
        "section under nothing",
        "2026.json",
        lambda d: d["pijlers"][6].update(bovenliggend="9"),
        ["2026.json, pijler 7, veld bovenliggend: 9 staat niet in dit bestand."],
    ),
    (
        "no sections",
        "2024.json",
        lambda d: [d.update(pijlers=[]), d.pop("toelichting")],
        ["2024.json, veld pijlers: de lijst is leeg."],
    ),
    (
        "a figure without a figure",
        "2024.json",
        lambda d: d["cijfers"][0].pop("waarde"),
        [
            "2024.json, cijfer Aandeel asielopvangplekken bezet door statushouders, veld waarde: "
            "geef een waarde of een waardeTekst, en niet allebei."
        ],
    ),
    (
        "a range backwards",
        "2018.json",
        lambda d: d["cijfers"][2].update(waardeTot=83),
        ["2018.json, cijfer Ingewilligde reguliere aanvragen, veld waardeTot: deze grens hoort bij een lagere waarde."],
    ),
    (
        "one figure in two units",
        "2024.json",
        lambda d: d["cijfers"][0].update(indicator="Asielaanvragen"),
        ["2024.json, cijfer Asielaanvragen, veld eenheid: elders is de eenheid van dit cijfer aanvragen."],
    ),
    (
        "one name for two organisations",
        "organisaties.json",
        lambda o: o["organisaties"][0].update(aliassen=["BZK"]),
        [
            "organisaties.json, organisatie bzk, veld naam, afkorting of aliassen: 'BZK' is ook al een naam van az.",
        ],
    ),
    (
        "one TOOI id for two",
        "organisaties.json",
        lambda o: o["organisaties"][1].update(tooiId="ministerie/mnre1010"),
        ["organisaties.json, organisatie bzk, veld tooiId: ministerie/mnre1010 is ook al van az."],
    ),
    (
        "a successor without an end",
        "organisaties.json",
        lambda o: o["organisaties"][0].update(opvolger="bzk"),
        [
            "organisaties.json, organisatie az, veld opvolger: "
            "een organisatie heeft pas een opvolger als geldigTot is ingevuld."
        ],
    ),
    (
        "ends on the day it begins",
        "organisaties.json",
        lambda o: o["organisaties"][0].update(geldigVan="2024-01-01", geldigTot="2024-01-01"),
        ["organisaties.json, organisatie az, veld geldigTot: 2024-01-01 ligt niet na geldigVan 2024-01-01."],
    ),
    (
        "a theme about nothing",
        "themas.json",
        lambda t: t["themas"][0]["maatregelen"].insert(0, "2017-1-01"),
        ["themas.json, thema lvv, veld maatregelen[0]: maatregel 2017-1-01 staat in geen enkel stuk."],
    ),
    (
        "a measure twice in a theme",
        "themas.json",
        lambda t: t["themas"][0]["maatregelen"].append("2018-4-08"),
        ["themas.json, thema lvv, veld maatregelen: in de lijst staat iets dubbel."],
    ),
    (
        "a cycle of nothing",
        "spreidingswet-2026.json",
        lambda c: c.update(maatregel="2017-1-01"),
        ["spreidingswet-2026.json, veld maatregel: maatregel 2017-1-01 staat in geen enkel stuk."],
    ),
    (
        "a file outside the folder",
        "inhoud.json",
        lambda i: i["documenten"].append("../2024.json"),
        ['inhoud.json, veld documenten[5]: "../2024.json" heeft niet de vorm die hier hoort.'],
    ),
]


@pytest.mark.parametrize(("naam", "hoe", "verwacht"), [k[1:] for k in KAPOT], ids=[k[0] for k in KAPOT])
def test_broken_entry(kopie: Path, naam: str, hoe: Callable[[Any], Any], verwacht: list[str]) -> None:
    verander(kopie, naam, hoe)
    assert bezwaren(kopie) == verwacht


def test_our_own_files_are_whole() -> None:
    gegevens = lees(GEGEVENSMAP, vandaag=VANDAAG)
    assert (len(gegevens.documenten), len(gegevens.cycli), len(gegevens.themas)) == (5, 1, 44)


def test_missing_file(kopie: Path) -> None:
    (kopie / "2023.json").unlink()
    assert bezwaren(kopie) == [f"2023.json: dit bestand ontbreekt in de map {kopie}."]


def test_missing_folder(tmp_path: Path) -> None:
    assert bezwaren(tmp_path / "weg") == [f"inhoud.json: dit bestand ontbreekt in de map {tmp_path / 'weg'}."]


def test_a_folder_in_the_place_of_a_file(kopie: Path) -> None:
    (kopie / "2023.json").unlink()
    (kopie / "2023.json").mkdir()
    assert bezwaren(kopie) == ["2023.json: dit bestand is niet te lezen (Is a directory)."]


def test_not_json(kopie: Path) -> None:
    (kopie / "2023.json").write_text('{"slug": "2023",\n  titel: "zonder aanhalingstekens"}')
    assert bezwaren(kopie) == ["2023.json: dit is geen geldige JSON (regel 2, teken 3)."]


def test_not_utf8(kopie: Path) -> None:
    (kopie / "2023.json").write_bytes(b'{"slug": "\xe9\xe9n"}')
    assert bezwaren(kopie) == ["2023.json: dit is geen UTF-8-tekst (byte 11 klopt niet)."]


def test_the_same_field_twice(kopie: Path) -> None:
    (kopie / "2023.json").write_text('{"slug": "2023", "slug": "2024"}')
    assert bezwaren(kopie) == ["2023.json: het veld slug staat twee keer in hetzelfde onderdeel."]


def test_a_list_instead_of_a_document(kopie: Path) -> None:
    (kopie / "2023.json").write_text("[]")
    assert bezwaren(kopie) == ["2023.json: hier hoort een onderdeel met velden te staan, niet []."]


def test_nested_without_end(kopie: Path) -> None:
    (kopie / "2023.json").write_text("[" * 200_000)
    assert bezwaren(kopie) == ["2023.json: dit bestand is te diep genest."]


def test_files_with_faults_are_all_named(kopie: Path) -> None:
    (kopie / "2023.json").unlink()
    (kopie / "themas.json").write_text("{")
    assert [zin.split(":")[0] for zin in bezwaren(kopie)] == ["2023.json", "themas.json"]


@pytest.mark.django_db
def test_the_command_loads_nothing_from_a_broken_file(kopie: Path) -> None:
    verander(kopie, "2026.json", lambda d: m("2026-4-05", d).pop("titel"))
    with pytest.raises(CommandError) as gevangen:
        call_command("laad_agendas", map=kopie)
    assert (
        str(gevangen.value) == "2026.json, maatregel 2026-4-05, veld titel: dit veld ontbreekt.\nEr is niets geladen."
    )
    assert (Organisatie.objects.count(), Agenda.objects.count(), Thema.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
def test_the_command_loads_nothing_when_the_database_refuses(kopie: Path) -> None:
    """A figure that people made under another name stands in the way; everything before it is undone."""
    Indicator.objects.create(slug="asielaanvragen", naam="Eerste asielaanvragen", eenheid="aanvragen")
    with pytest.raises(CommandError) as gevangen:
        call_command("laad_agendas", map=kopie)
    regels = str(gevangen.value).splitlines()
    assert regels[0].startswith("De database weigert dit: ")
    assert regels[-1] == "Er is niets geladen."
    assert (Organisatie.objects.count(), Agenda.objects.count(), Indicator.objects.count()) == (0, 0, 1)
