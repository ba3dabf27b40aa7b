"""The meetings that come with the product: loaded in full, again without a change, and never over what people did."""

import datetime
import json
import shutil
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from maatregelen.bronvergelijking import Verslag
from maatregelen.documentcontrole import GEGEVENSMAP, Documentfout, Gegevens, lees
from maatregelen.documenten import laad
from maatregelen.models import Agenda, Maatregel, Organisatie
from regietafel.models import (
    Actiepunt,
    Agendapunt,
    Besluit,
    Bijlage,
    Deelname,
    Inbreng,
    Inleider,
    Reeks,
    Reekslid,
    Terugkoppeling,
    Trend,
    Vergadercijfer,
    Vergadering,
)
from regietafel.vergadercontrole import VERGADERMAP, lees_vergaderingen
from regietafel.vergaderlading import laad_vergaderingen

MOMENT = datetime.datetime(2026, 11, 20, 9, tzinfo=datetime.UTC)
VANDAAG = MOMENT.date()
LRT = "lrt-2025-03-19"
DAG = datetime.date(2025, 3, 19)
Wijzig = Callable[[str, Callable[[Any], Any]], None]


@pytest.fixture(scope="session")
def documenten() -> Gegevens:
    """The documents, read once."""
    return lees(GEGEVENSMAP, vandaag=VANDAAG)


@pytest.fixture
def agendas(db: None, documenten: Gegevens) -> Gegevens:
    """The documents, loaded."""
    laad(documenten, moment=MOMENT)
    return documenten


@pytest.fixture
def geladen(agendas: Gegevens) -> Verslag:
    """The documents and the meetings, loaded; the report of the meetings."""
    return opnieuw(agendas, VERGADERMAP)


@pytest.fixture
def kopie(tmp_path: Path) -> Path:
    """The data files of the meetings, to be changed."""
    return Path(shutil.copytree(VERGADERMAP, tmp_path / "vergaderingen"))


@pytest.fixture
def wijzig(kopie: Path) -> Wijzig:
    """Changes a file of the copy."""

    def doe(naam: str, hoe: Callable[[Any], Any]) -> None:
        inhoud = json.loads((kopie / naam).read_text(encoding="utf-8"))
        hoe(inhoud)
        (kopie / naam).write_text(json.dumps(inhoud), encoding="utf-8")

    return doe


def opnieuw(documenten: Gegevens, map_: Path) -> Verslag:
    """Load a folder of meetings."""
    return laad_vergaderingen(lees_vergaderingen(map_, documenten, vandaag=VANDAAG), documenten, moment=timezone.now())


def namen(teller: Counter[type[Model]]) -> dict[str, int]:
    """A report by the names of models."""
    return {model.__name__: aantal for model, aantal in teller.items()}


def punt(inhoud: Any, nummer: int) -> Any:
    """The entry of a point of the full meeting."""
    return inhoud["vergaderingen"][0]["agendapunten"][nummer - 1]


def regel(inhoud: Any, nummer: int, lijst: str, kenmerk: str) -> Any:
    """The entry of a line of the full meeting."""
    return next(regel for regel in punt(inhoud, nummer)[lijst] if regel["kenmerk"] == kenmerk)


# --- The meeting of 19 March 2025


@pytest.mark.usefixtures("geladen")
def test_the_meeting_itself() -> None:
    lrt = Vergadering.objects.get(slug=LRT)
    assert (lrt.titel, lrt.soort, lrt.reeks.slug if lrt.reeks else None) == (
        "Landelijke Regietafel Migratie van 19 maart 2025",
        "regulier",
        "lrt",
    )
    assert (lrt.datum, lrt.documentdatum, lrt.bekend_vanaf) == (DAG, datetime.date(2025, 3, 14), DAG)
    assert (lrt.plaats, lrt.kenmerk) == ("", "")
    assert lrt.secretariaat == "DG Migratie, Directie Regie Migratieketen, Team Spreidingswet"
    assert (lrt.staat, lrt.vastgesteld_in) == ("verslag_concept", None)
    assert [(stap.van, stap.naar, stap.per, stap.door) for stap in lrt.staatwijzigingen.all()] == [
        ("", "gehouden", DAG, None),
        ("gehouden", "verslag_concept", DAG, None),
    ]


@pytest.mark.usefixtures("geladen")
def test_who_was_there() -> None:
    deelnames = Deelname.objects.filter(vergadering__slug=LRT).op_rang()
    assert Counter(deelname.aanwezigheid for deelname in deelnames) == {
        "aanwezig": 12,
        "afwezig": 1,
        "niet_vermeld": 4,
    }
    voorzitter = deelnames[0]
    assert (voorzitter.rol, str(voorzitter), voorzitter.ambt, voorzitter.is_ambt_afgeleid) == (
        "voorzitter",
        "Mw. Faber (AenM)",
        "minister van Asiel en Migratie",
        True,
    )
    assert [
        (deelname.naam, deelname.organisatie.slug, deelname.vervanging, deelname.vervanger)
        for deelname in deelnames
        if deelname.aanwezigheid == "afwezig" and deelname.organisatie
    ] == [("Uitermark", "bzk", "ambtelijk", "")]
    assert [
        (deelname.naam, deelname.ambt, deelname.organisatie and deelname.organisatie.slug)
        for deelname in deelnames.filter(rol="genoemd")
    ] == [
        ("", "directeur OEK", "directeur-oek"),
        ("", "minister-president", None),
        ("", "DGM", "dgm"),
        ("[Redacted]", "contactpersoon", None),
    ]


@pytest.mark.usefixtures("geladen")
def test_the_points() -> None:
    punten = Agendapunt.objects.filter(vergadering__slug=LRT)
    assert [(rij.volgorde, rij.titel, rij.maatregelen.count(), rij.regel_van) for rij in punten] == [
        (1, "Opening, mededelingen en vaststellen verslag", 0, 56),
        (2, "Actuele stand van zaken", 7, 65),
        (3, "Taakstelling 2025-II", 3, 88),
        (4, "Samenhangende inzet opvang en huisvesting", 20, 96),
        (5, "W.v.t.t.k. en sluiting", 3, 159),
    ]
    inleiders = Inleider.objects.order_by("agendapunt__volgorde", "volgorde")
    assert list(inleiders.values_list("agendapunt__volgorde", "organisatie__slug")) == [
        (2, "aenm"),
        (2, "vro"),
        (2, "coa"),
        (3, "aenm"),
    ]
    bijlagen = Bijlage.objects.order_by("agendapunt__volgorde")
    assert [(rij.agendapunt.volgorde, rij.naam, rij.heeft_bestand) for rij in bijlagen] == [
        (1, "verslag vorig LRT", False),
        (2, "landelijke dashboard", False),
        (3, "nazending", False),
        (4, "nazending", False),
    ]


@pytest.mark.usefixtures("geladen")
def test_the_decisions_and_what_became_of_them() -> None:
    assert list(Besluit.objects.order_by("code").values_list("code", "soort", "agendapunt__volgorde")) == [
        ("lrt-2025-03-19-b01", "besluit", 1),
        ("lrt-2025-03-19-b02", "procedureafspraak", 1),
        ("lrt-2025-03-19-b03", "besluit", 3),
        ("lrt-2025-03-19-b04", "besluit", 4),
        ("lrt-2025-03-19-b05", "procedureafspraak", 4),
        ("lrt-2025-03-19-b06", "procedureafspraak", 5),
        ("lrt-2025-03-19-g01", "mededeling", 4),
        ("lrt-2025-03-19-g02", "mededeling", 4),
    ]
    rijen = Terugkoppeling.objects.order_by("besluit__code", "maatregel__code")
    assert list(rijen.values_list("besluit__bron_id", "maatregel__code", "stand", "uitgevoerd_op")) == [
        ("B-01", None, "niet_nodig", DAG),
        ("B-02", None, "niet_nodig", DAG),
        ("B-03", "2025-3-01", "open", None),
        ("B-03", "2025-3-02", "open", None),
        ("B-04", "2025-4-20", "open", None),
        ("B-05", "2025-4-20", "open", None),
        ("B-06", "2025-5-02", "open", None),
        ("B-06", "2025-5-03", "open", None),
        ("G-01", "2025-4-04", "niet_nodig", None),
        ("G-02", "2025-4-19", "niet_nodig", None),
    ]
    assert Terugkoppeling.objects.exclude(aanvaard_in=None).count() == 0


@pytest.mark.usefixtures("geladen")
def test_the_actions() -> None:
    acties = Actiepunt.objects.all()
    assert acties.count() == 27
    assert set(acties.values_list("stand", "peildatum")) == {("open", DAG)}
    niet_afgesproken = acties.filter(is_afgesproken=False).order_by("bron_id")
    assert list(niet_afgesproken.values_list("bron_id", flat=True)) == ["A-05", "A-08", "A-15", "A-17", "A-18", "A-27"]
    zonder = acties.filter(organisatie=None, wie_tekst="").order_by("bron_id").values_list("bron_id", flat=True)
    assert list(zonder) == ["A-01", "A-09", "A-10", "A-17", "A-18", "A-21", "A-23", "A-24"]
    assert acties.zonder_trekker().count() == 6
    assert list(
        acties.filter(bron_id__in=["A-02", "A-04", "A-07", "A-11", "A-14", "A-16", "A-22"])
        .order_by("bron_id")
        .values_list("organisatie__slug", "wie_tekst")
    ) == [
        (None, "deelnemers met vragen"),
        ("provinciale-regietafels", "PRT's"),
        ("medeoverheden", "medeoverheden (VNG denkt mee)"),
        ("jenv", "SJenV"),
        ("vng", "VNG, UWV en COA"),
        ("vro", "MVRO, samen met SJenV"),
        ("dgm", "DGM"),
    ]


@pytest.mark.usefixtures("geladen")
def test_the_days_of_actions_and_what_they_promise() -> None:
    def dag(tekst: str) -> datetime.date:
        return datetime.date.fromisoformat(tekst)

    met = Actiepunt.objects.exclude(termijn_tekst="").order_by("bron_id")
    assert list(met.values_list("bron_id", "termijn_tekst", "begin", "einde", "precisie", "relatie")) == [
        ("A-01", "op korte termijn", None, None, "vaag", "op"),
        ("A-03", "voor de zomer", None, dag("2025-06-20"), "seizoen", "voor"),
        ("A-09", "voor 1 april", None, dag("2025-03-31"), "dag", "voor"),
        ("A-10", "deze maand", dag("2025-03-01"), dag("2025-03-31"), "maand", "op"),
        ("A-12", "in de zomer van 2025", dag("2025-06-21"), dag("2025-09-20"), "seizoen", "op"),
        ("A-13", "Voor de lange termijn", None, None, "vaag", "vanaf"),
        ("A-19", "voor de zomer", None, dag("2025-06-20"), "seizoen", "voor"),
        ("A-21", "voor een volgend LRT", None, None, "vaag", "op"),
        ("A-22", "Voor die tijd", None, None, "vaag", "voor"),
        ("A-23", "voor de zomer", None, dag("2025-06-20"), "seizoen", "voor"),
        ("A-24", "na 1 juli", dag("2025-07-02"), None, "dag", "vanaf"),
        ("A-25", "met urgentie", None, None, "vaag", "op"),
    ]
    mijlpalen = Actiepunt.objects.exclude(mijlpaal=None).order_by("bron_id")
    assert list(mijlpalen.values_list("bron_id", "mijlpaal__maatregel__code", "mijlpaal__bron_id")) == [
        ("A-03", "2025-2-01", "D002-05"),
        ("A-09", "2025-3-03", "D002-08"),
        ("A-10", "2025-4-06", "D002-09"),
        ("A-12", "2025-4-12", "D002-10"),
        ("A-19", "2025-4-01", "D002-13"),
        ("A-21", "2025-4-20", "D002-14"),
        ("A-22", "2025-4-20", "D002-16"),
        ("A-23", "2025-5-02", "D002-18"),
    ]
    toegezegd = Actiepunt.objects.exclude(voor_vergadering=None).order_by("bron_id")
    assert list(toegezegd.values_list("bron_id", "voor_vergadering__slug")) == [
        ("A-21", "lrt-volgende-2025"),
        ("A-22", "lrt-volgende-2025"),
        ("A-24", "lrt-extra-2025"),
    ]
    te_laat = Actiepunt.objects.te_laat(VANDAAG).order_by("bron_id").values_list("bron_id", flat=True)
    assert list(te_laat) == ["A-03", "A-09", "A-10", "A-12", "A-19", "A-23"]


@pytest.mark.usefixtures("geladen")
def test_the_figures_and_trends() -> None:
    cijfers = Vergadercijfer.objects.order_by("bron_id")
    assert list(cijfers.values_list("bron_id", "waarde", "waarde_tot", "vorige_waarde", "kwalificatie")) == [
        ("C-01", Decimal(100), None, None, "bijna"),
        ("C-02", Decimal(15000), None, Decimal(17700), ""),
        ("C-03", Decimal(13000), None, None, ""),
        ("C-04", Decimal(60), None, None, "ongeveer"),
        ("C-05", Decimal(8500), None, None, "zouden kunnen"),
        ("C-06", Decimal(30000), None, None, ""),
        ("C-07", Decimal(1000), Decimal(3000), None, "bandbreedte uit uitvraag"),
        ("C-08", Decimal(3), None, None, ""),
        ("C-09", Decimal(300), None, None, "meer dan"),
        ("C-10", Decimal(50), None, None, "grofweg de helft"),
        ("C-11", Decimal(50), None, None, "grofweg de helft"),
        ("C-12", Decimal(1), None, None, "langer dan"),
    ]
    trends = Trend.objects.order_by("bron_id")
    assert list(trends.values_list("agendapunt__volgorde", "onderwerp", "duiding")) == [
        (2, "Situatie Ter Apel", "stabiel"),
        (2, "Instroom Syriërs", "daalt"),
        (2, "Nareizigers uit Syrië", "veel"),
        (2, "Nareizigers (statushouders) via Zevenaar", "veel, grotendeels in hotels"),
        (4, "Statushouders in asielopvang", "te veel"),
        (4, "Taakstelling statushouders", "achterstand"),
        (4, "Werkende asielzoekers", "te weinig"),
    ]


@pytest.mark.usefixtures("geladen")
def test_what_was_said() -> None:
    inbreng = Inbreng.objects.order_by("bron_id")
    assert Counter(rij.soort for rij in inbreng) == {
        "vraag": 4,
        "voorstel": 1,
        "oproep": 1,
        "standpunt": 5,
        "voornemen": 1,
        "risico": 1,
        "zorg": 5,
    }
    assert list(inbreng.filter(is_open=True).values_list("bron_id", "soort", "organisatie__slug")) == [
        ("S-09", "vraag", "vng"),
        ("S-11", "vraag", "commissarissen-van-de-koning"),
    ]
    assert list(inbreng.filter(bron_id="S-07").values_list("organisatie__slug", "spreker", "maatregelen__code")) == [
        ("jenv", "JenV (SJenV)", "2025-4-11")
    ]
    assert list(inbreng.filter(bron_id="S-03").values_list("organisatie__slug", "spreker")) == [
        ("medeoverheden", "medeoverheden")
    ]


# --- The other meetings, and the series


@pytest.mark.usefixtures("geladen")
def test_the_meetings_that_are_only_mentioned() -> None:
    def dag(tekst: str) -> datetime.date:
        return datetime.date.fromisoformat(tekst)

    genoemd = Vergadering.objects.exclude(slug=LRT).order_by("bekend_vanaf", "slug")
    assert list(
        genoemd.values_list("slug", "soort", "staat", "datum", "datum_tekst", "schatting_van", "schatting_tot")
    ) == [
        ("lrt-2024-09-26", "regulier", "gepland", dag("2024-09-26"), "", None, None),
        ("lrt-volgende-2024", "regulier", "gepland", None, "een volgende LRT", dag("2024-09-27"), None),
        ("lrt-2024-12-18", "regulier", "verslag_vastgesteld", dag("2024-12-18"), "", None, None),
        ("lrt-extra-2025", "extra", "gepland", None, "voor de zomer", dag("2025-03-20"), dag("2025-06-20")),
        ("lrt-klein", "klein", "gehouden", None, "voor 19 maart 2025", None, DAG),
        ("lrt-volgende-2025", "regulier", "gepland", None, "een volgend LRT", dag("2025-03-20"), None),
    ]
    vast = Vergadering.objects.get(slug="lrt-2024-12-18")
    assert vast.vastgesteld_in == Vergadering.objects.get(slug=LRT)
    assert list(vast.staatwijzigingen.values_list("van", "naar", "per")) == [
        ("", "gehouden", dag("2024-12-18")),
        ("gehouden", "verslag_vastgesteld", DAG),
    ]
    # Known by the day of the text that mentions them.
    assert set(genoemd.filter(bekend_vanaf__lte=dag("2025-01-01")).values_list("slug", flat=True)) == {
        "lrt-2024-09-26",
        "lrt-volgende-2024",
    }


@pytest.mark.usefixtures("geladen")
def test_the_next_meeting_has_what_was_promised_and_is_nobodys_action() -> None:
    volgende = Vergadering.objects.get(slug="lrt-volgende-2025")
    assert [(rij.titel, sorted(m.code for m in rij.maatregelen.all())) for rij in volgende.agendapunten.all()] == [
        ("Uitgebreide bespreking samenhangend pakket", ["2025-4-01", "2025-4-20"])
    ]


@pytest.mark.usefixtures("geladen")
def test_the_series() -> None:
    reeks = Reeks.objects.get()
    assert (reeks.slug, reeks.naam, reeks.duur_minuten) == ("lrt", "Landelijke Regietafel Migratie", 60)
    assert list(reeks.punten.values_list("titel", "doel", "is_slot")) == [
        ("Opening, mededelingen en vaststellen verslag", "besluiten", False),
        ("Actuele stand van zaken", "informeren", False),
        ("W.v.t.t.k. en sluiting", "", True),
    ]
    toen = reeks.leden.geldig(DAG)
    assert [(lid.organisatie.slug, lid.is_voorzitter) for lid in toen.select_related("organisatie")] == [
        ("aenm", True),
        ("vro", False),
        ("jenv", False),
        ("szw", False),
        ("bzk", False),
        ("vng", False),
        ("ipo", False),
        ("commissarissen-van-de-koning", False),
        ("coa", False),
        ("aedes", False),
    ]
    # The ministries went up in others; the seats are still ten, of offices and not of names.
    nu = reeks.leden.geldig(VANDAAG)
    assert (nu.count(), nu.filter(organisatie__geldig_tot__lte=VANDAAG).count()) == (10, 0)
    assert nu.get(is_voorzitter=True).organisatie.slug == "jenv"
    assert set(Reekslid.objects.values_list("naam", flat=True)) == {""}


# --- Again


def test_a_second_load_writes_nothing(geladen: Verslag, agendas: Gegevens) -> None:
    assert namen(geladen.toegevoegd) == {
        "Reeks": 1,
        "Vergadering": 7,
        "Staatwijziging": 9,
        "Deelname": 17,
        "Agendapunt": 6,
        "Bijlage": 4,
        "Inbreng": 18,
        "Besluit": 8,
        "Terugkoppeling": 10,
        "Actiepunt": 27,
        "Vergadercijfer": 12,
        "Trend": 7,
        "Reekslid": 12,
        "Reekspunt": 3,
        "Inleider": 4,
        "Puntmaatregel": 35,
        "Inbrengmaatregel": 22,
        "Actiemaatregel": 26,
        "Cijfermaatregel": 11,
    }
    with CaptureQueriesContext(connection) as vragen:
        tweede = opnieuw(agendas, VERGADERMAP)
    assert (tweede.toegevoegd, tweede.bijgewerkt, tweede.verwijderd, tweede.gelaten, tweede.verdwenen) == (
        Counter(),
        Counter(),
        Counter(),
        [],
        [],
    )
    schrijft = [v["sql"] for v in vragen if v["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE", "ANALYZE")]
    assert schrijft == []


@pytest.mark.usefixtures("geladen")
def test_what_people_changed_stays(agendas: Gegevens, kopie: Path, wijzig: Wijzig) -> None:
    Actiepunt.objects.filter(bron_id="A-03").update(wat="Onze woorden", termijn_tekst="voor kerst 2025", einde=None)
    Actiepunt.objects.filter(bron_id="A-09").update(
        organisatie=Organisatie.objects.get(slug="aenm"),
        stand="afgerond",
        afgerond_op=DAG,
        afronding="Verstuurd.",
    )
    Deelname.objects.filter(naam="Nobel").update(naam="Nobel-Jansen", rol="gast")
    Agendapunt.objects.filter(vergadering__slug=LRT, volgorde=3).update(titel="Onze taakstelling")
    Agendapunt.objects.filter(vergadering__slug=LRT, volgorde=5).update(volgorde=7)
    Inbreng.objects.filter(bron_id="S-01").delete()

    def verbeter(inhoud: Any) -> None:
        regel(inhoud, 2, "actiepunten", "A-03").update(wat="Woorden van het bestand", voorwaarde="als het kan")
        regel(inhoud, 3, "actiepunten", "A-09").update(toelichting="Verbeterd.", organisatie="VNG", wie="VNG")
        punt(inhoud, 3)["titel"] = "Titel van het bestand"
        regel(inhoud, 2, "actiepunten", "A-05")["wat"] = "Verbeterde woorden"

    wijzig("lrt-2025-03-19.json", verbeter)
    verslag = opnieuw(agendas, kopie)
    a03, a09 = Actiepunt.objects.get(bron_id="A-03"), Actiepunt.objects.get(bron_id="A-09")
    assert (a03.wat, a03.termijn_tekst, a03.voorwaarde) == ("Onze woorden", "voor kerst 2025", "als het kan")
    assert (a09.stand, a09.organisatie.slug if a09.organisatie else None, a09.wie_tekst, a09.toelichting) == (
        "afgerond",
        "aenm",
        "",
        "Verbeterd.",
    )
    assert Deelname.objects.filter(vergadering__slug=LRT).count() == 17
    assert Deelname.objects.get(naam="Nobel-Jansen").rol == "gast"
    assert list(Agendapunt.objects.filter(vergadering__slug=LRT).values_list("volgorde", "titel"))[2:] == [
        (3, "Onze taakstelling"),
        (4, "Samenhangende inzet opvang en huisvesting"),
        (7, "W.v.t.t.k. en sluiting"),
    ]
    assert Actiepunt.objects.get(bron_id="A-05").wat == "Verbeterde woorden"
    assert Inbreng.objects.filter(bron_id="S-01").count() == 0
    assert namen(verslag.bijgewerkt) == {"Actiepunt": 3}
    assert namen(verslag.toegevoegd) == {}
    assert verslag.gelaten == [
        "deelname lrt-2025-03-19/nobel: naam, rol",
        "agendapunt lrt-2025-03-19/3: titel",
        "inbreng lrt-2025-03-19/S-01: hier weggehaald",
        "actiepunt lrt-2025-03-19-a03: termijn_tekst, einde, wat",
        "actiepunt lrt-2025-03-19-a09: organisatie, wie_tekst",
    ]


@pytest.mark.usefixtures("geladen")
def test_what_a_file_adds_joins_what_people_made(agendas: Gegevens, kopie: Path, wijzig: Wijzig) -> None:
    """A new point keeps clear of one that people put in its place; a new line hangs from its point."""
    eigen = Agendapunt.objects.create(
        vergadering=Vergadering.objects.get(slug=LRT), volgorde=6, titel="Punt van het secretariaat"
    )

    def verbeter(inhoud: Any) -> None:
        inhoud["vergaderingen"][0]["agendapunten"].append({"nummer": 6, "titel": "Vergeten punt"})
        punt(inhoud, 5)["actiepunten"].append({"kenmerk": "A-28", "soort": "actie", "wat": "Nog iets"})
        punt(inhoud, 5)["inleiders"] = ["BZK"]
        punt(inhoud, 2)["inleiders"].remove("COA")
        regel(inhoud, 3, "besluiten", "B-03")["maatregelen"].append("2025-3-03")

    wijzig("lrt-2025-03-19.json", verbeter)
    verslag = opnieuw(agendas, kopie)
    assert namen(verslag.toegevoegd) == {"Agendapunt": 1, "Actiepunt": 1, "Inleider": 1, "Terugkoppeling": 1}
    assert namen(verslag.verwijderd) == {"Inleider": 1}
    assert list(Agendapunt.objects.filter(vergadering__slug=LRT, volgorde__gte=6).values_list("volgorde", "titel")) == [
        (6, "Punt van het secretariaat"),
        (7, "Vergeten punt"),
    ]
    eigen.refresh_from_db()
    assert (eigen.versie, eigen.bronwaarden) == (1, {})
    assert Actiepunt.objects.get(code="lrt-2025-03-19-a28").agendapunt.titel == "W.v.t.t.k. en sluiting"
    assert Terugkoppeling.objects.filter(besluit__bron_id="B-03").count() == 3


@pytest.mark.usefixtures("geladen")
def test_adopted_minutes_are_never_touched(agendas: Gegevens, kopie: Path, wijzig: Wijzig) -> None:
    volgende = Vergadering.objects.get(slug="lrt-volgende-2025")
    Vergadering.objects.filter(slug=LRT).update(staat="verslag_vastgesteld", vastgesteld_in=volgende)

    def verbeter(inhoud: Any) -> None:
        inhoud["vergaderingen"][0]["titel"] = "Anders"
        punt(inhoud, 3)["titel"] = "Anders"
        punt(inhoud, 5)["actiepunten"].append({"kenmerk": "A-28", "soort": "actie", "wat": "Nog iets"})
        regel(inhoud, 2, "actiepunten", "A-05")["wat"] = "Anders"

    wijzig("lrt-2025-03-19.json", verbeter)
    verslag = opnieuw(agendas, kopie)
    assert (verslag.toegevoegd, verslag.bijgewerkt) == (Counter(), Counter())
    assert verslag.gelaten == ["vergadering lrt-2025-03-19: het verslag is vastgesteld"]
    assert Vergadering.objects.get(slug=LRT).titel == "Landelijke Regietafel Migratie van 19 maart 2025"
    assert Actiepunt.objects.count() == 27


@pytest.mark.usefixtures("geladen")
def test_a_meeting_that_went_on_stays_where_it_is(agendas: Gegevens) -> None:
    """How far a meeting is, is the people's from the first load on."""
    Vergadering.objects.filter(slug="lrt-volgende-2025").update(
        staat="agenda_verzonden", datum=datetime.date(2026, 12, 10), datum_tekst="", schatting_van=None
    )
    verslag = opnieuw(agendas, VERGADERMAP)
    volgende = Vergadering.objects.get(slug="lrt-volgende-2025")
    assert (volgende.staat, volgende.datum) == ("agenda_verzonden", datetime.date(2026, 12, 10))
    assert verslag.gelaten == ["vergadering lrt-volgende-2025: datum, datum_tekst, schatting_van"]


# --- Broken files

KAPOT: list[tuple[str, str, Callable[[Any], Any], list[str]]] = [
    (
        "a field that is missing",
        "lrt-2025-03-19.json",
        lambda d: regel(d, 3, "actiepunten", "A-09").pop("wat"),
        ["lrt-2025-03-19.json, actiepunt A-09, veld wat: dit veld ontbreekt."],
    ),
    (
        "an unknown organisation",
        "lrt-2025-03-19.json",
        lambda d: regel(d, 3, "actiepunten", "A-09").update(organisatie="Raad"),
        [
            "lrt-2025-03-19.json, vergadering lrt-2025-03-19, actiepunt A-09, veld organisatie: "
            "de organisatie 'Raad' is onbekend."
        ],
    ),
    (
        "an unknown measure",
        "lrt-2025-03-19.json",
        lambda d: punt(d, 3)["maatregelen"].append("2025-9-99"),
        [
            "lrt-2025-03-19.json, vergadering lrt-2025-03-19, agendapunt 3, veld maatregelen[3]: "
            "maatregel 2025-9-99 staat in geen enkel stuk."
        ],
    ),
    (
        "an unknown milestone and meeting",
        "lrt-2025-03-19.json",
        lambda d: regel(d, 4, "actiepunten", "A-21").update(mijlpaal="2025-4-20/X", voorVergadering="ooit"),
        [
            "lrt-2025-03-19.json, vergadering lrt-2025-03-19, actiepunt A-21, veld voorVergadering: "
            "de vergadering 'ooit' staat in geen enkel bestand.",
            "lrt-2025-03-19.json, vergadering lrt-2025-03-19, actiepunt A-21, veld mijlpaal: "
            "mijlpaal 2025-4-20/X staat in geen enkel stuk.",
        ],
    ),
    (
        "the same mark twice, at different points",
        "lrt-2025-03-19.json",
        lambda d: punt(d, 5)["besluiten"][0].update(kenmerk="B-01"),
        ["lrt-2025-03-19.json, vergadering lrt-2025-03-19, besluit B-01, veld kenmerk: dit komt twee keer voor."],
    ),
    (
        "two chairs",
        "lrt-2025-03-19.json",
        lambda d: d["vergaderingen"][0]["deelnemers"][1].update(rol="voorzitter"),
        ["lrt-2025-03-19.json, vergadering lrt-2025-03-19, veld deelnemers: er is meer dan een voorzitter."],
    ),
    (
        "a substitute for somebody who was there",
        "lrt-2025-03-19.json",
        lambda d: d["vergaderingen"][0]["deelnemers"][0].update(vervanging="ambtelijk"),
        [
            "lrt-2025-03-19.json, vergadering lrt-2025-03-19, deelnemer faber, veld vervanging: "
            "alleen een afwezige wordt vervangen."
        ],
    ),
    (
        "a day without words",
        "lrt-2025-03-19.json",
        lambda d: regel(d, 3, "actiepunten", "A-09").pop("termijnTekst"),
        [
            "lrt-2025-03-19.json, vergadering lrt-2025-03-19, actiepunt A-09, "
            f"veld {veld}: zonder termijnTekst is er geen termijn."
            for veld in ("einde", "precisie", "relatie")
        ],
    ),
    (
        "held in the future",
        "lrt-2025-03-19.json",
        lambda d: d["vergaderingen"][0].update(datum="2027-01-01"),
        [
            "lrt-2025-03-19.json, vergadering lrt-2025-03-19, veld datum: "
            "2027-01-01 ligt in de toekomst; zij kan niet zijn gehouden."
        ],
    ),
    (
        "adopted by nobody",
        "genoemd.json",
        lambda d: d["vergaderingen"][2].pop("vastgesteldIn"),
        [
            "genoemd.json, vergadering lrt-2024-12-18, veld vastgesteldIn: "
            "een vastgesteld verslag en de vergadering die het vaststelde horen bij elkaar."
        ],
    ),
    (
        "contents of closed minutes",
        "genoemd.json",
        lambda d: d["vergaderingen"][2].update(agendapunten=[{"nummer": 1, "titel": "Punt"}]),
        [
            "genoemd.json, vergadering lrt-2024-12-18, veld agendapunten: "
            "een vastgesteld verslag is gesloten. Laad eerst de inhoud; stel het verslag daarna vast."
        ],
    ),
    (
        "neither a day nor words",
        "genoemd.json",
        lambda d: d["vergaderingen"][1].pop("datumTekst"),
        [
            "genoemd.json, vergadering lrt-volgende-2024, veld datum: "
            "geef een datum, of in datumTekst de woorden ervoor."
        ],
    ),
    (
        "the same address twice",
        "genoemd.json",
        lambda d: d["vergaderingen"][0].update(slug=LRT),
        [f"genoemd.json, vergadering {LRT}, veld slug: deze naam heeft ook een vergadering in {LRT}.json."],
    ),
    (
        "an unknown series",
        "genoemd.json",
        lambda d: d["vergaderingen"][0].update(reeks="prt"),
        ["genoemd.json, vergadering lrt-2024-09-26, veld reeks: de reeks 'prt' is onbekend."],
    ),
    (
        "a seat that ends before it begins",
        "reeksen.json",
        lambda d: d["reeksen"][0]["leden"][0].update(tot="2025-03-19"),
        ["reeksen.json, reeks lrt, veld leden[0].tot: 2025-03-19 ligt niet na vanaf 2025-03-19."],
    ),
]


@pytest.mark.parametrize(("naam", "hoe", "zinnen"), [geval[1:] for geval in KAPOT], ids=[geval[0] for geval in KAPOT])
def test_a_broken_file_is_named(
    documenten: Gegevens, kopie: Path, wijzig: Wijzig, naam: str, hoe: Callable[[Any], Any], zinnen: list[str]
) -> None:
    wijzig(naam, hoe)
    with pytest.raises(Documentfout) as gevangen:
        lees_vergaderingen(kopie, documenten, vandaag=VANDAAG)
    assert gevangen.value.fouten == zinnen


# --- The command


@pytest.mark.django_db
def test_the_command_loads_nothing_from_a_broken_file(kopie: Path, wijzig: Wijzig) -> None:
    wijzig("lrt-2025-03-19.json", lambda d: punt(d, 2).pop("titel"))
    with pytest.raises(CommandError) as gevangen:
        call_command("laad_agendas", vergaderingen=kopie)
    assert str(gevangen.value) == "\n".join(
        ["lrt-2025-03-19.json, agendapunt 2, veld titel: dit veld ontbreekt.", "Er is niets geladen."]
    )
    assert (Agenda.objects.count(), Maatregel.objects.count(), Vergadering.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
def test_a_series_that_people_made_is_theirs() -> None:
    Reeks.objects.create(slug="eigen", naam="Eigen tafel", afkorting="ET")
    Reeks.objects.create(slug="lrt", naam="Iets anders", afkorting="LRT")
    call_command("laad_agendas")
    assert set(Reeks.objects.values_list("slug", "naam")) == {("eigen", "Eigen tafel"), ("lrt", "Iets anders")}
    assert Vergadering.objects.filter(reeks__slug="lrt").count() == 7


@pytest.mark.django_db
def test_the_command_prints_both_counts(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("laad_agendas")
    regels = capsys.readouterr().out.splitlines()
    kop = next(nummer for nummer, tekst in enumerate(regels) if tekst.startswith("vergadering "))
    assert regels[kop].split()[1:] == [
        "deelnemers", "punten", "bijlagen", "inbreng", "besluiten", "actiepunten", "cijfers", "trends",
    ]  # fmt: skip
    assert regels[kop + 1].split() == ["lrt-2025-03-19", "17", "5", "4", "18", "8", "27", "12", "7"]
    assert regels[kop + 8].split() == ["totaal", "17", "6", "4", "18", "8", "27", "12", "7"]
    assert regels[kop + 9] == "1 reeks, 7 vergaderingen."
    call_command("laad_agendas")
    assert capsys.readouterr().out.splitlines().count("Toegevoegd: niets.") == 2


@pytest.mark.django_db
def test_with_a_folder_of_agendas_only_agendas_are_loaded(tmp_path: Path) -> None:
    """The product's meetings lean on the product's documents."""
    agendas = Path(shutil.copytree(GEGEVENSMAP, tmp_path / "agendas"))
    call_command("laad_agendas", map=agendas)
    assert (Agenda.objects.count(), Vergadering.objects.count()) == (5, 0)
    call_command("laad_agendas", map=agendas, vergaderingen=VERGADERMAP)
    assert Vergadering.objects.count() == 7
