"""The five documents as records: complete, loaded once, and never over what people did."""

import datetime
import json
import shutil
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from maatregelen.bronvergelijking import Verslag
from maatregelen.documenten import GEGEVENSMAP, laad, lees
from maatregelen.documenttelling import tellingen
from maatregelen.models import (
    Agenda,
    Betrokkenheid,
    Indicator,
    Maatregel,
    Meting,
    Mijlpaal,
    Ondertekenaar,
    Organisatie,
    Pijler,
    Pijlerbetrokkenheid,
    Statuswijziging,
    Termijnwijziging,
    Thema,
    Themaplaats,
    Tijdsaanduiding,
    Wetstraject,
)
from maatregelen.termijnbewaking import wijzig_mijlpaal
from tests.factories import AgendaFactory, MijlpaalFactory, OrganisatieFactory, PersoonFactory

MOMENT = datetime.datetime(2026, 11, 20, 9, 0, tzinfo=datetime.UTC)
LATER = datetime.datetime(2026, 11, 21, 9, 0, tzinfo=datetime.UTC)
VANDAAG = datetime.date(2026, 11, 20)
Wijzig = Callable[[str, Callable[[Any], Any]], None]


@pytest.fixture(scope="module", autouse=True)
def _geladen(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The documents, loaded once for this file; each test undoes what it does to them, and the file undoes all."""
    with django_db_blocker.unblock(), transaction.atomic():
        laad(lees(GEGEVENSMAP, vandaag=VANDAAG), moment=MOMENT)
        yield
        transaction.set_rollback(True)


pytestmark = pytest.mark.django_db


@pytest.fixture
def kopie(tmp_path: Path) -> Path:
    """The data files, to be changed."""
    return Path(shutil.copytree(GEGEVENSMAP, tmp_path / "gegevens"))


@pytest.fixture
def wijzig(kopie: Path) -> Wijzig:
    """Change a data file in the copy."""

    def doe(naam: str, verander: Callable[[Any], Any]) -> None:
        inhoud = json.loads((kopie / naam).read_text(encoding="utf-8"))
        verander(inhoud)
        (kopie / naam).write_text(json.dumps(inhoud), encoding="utf-8")

    return doe


def opnieuw(map_: Path = GEGEVENSMAP) -> Verslag:
    """A later load."""
    return laad(lees(map_, vandaag=VANDAAG), moment=LATER)


def maatregel_in(document: Any, code: str) -> Any:
    """The entry of a measure in a data file."""
    return next(m for pijler in document["pijlers"] for m in pijler["maatregelen"] if m["code"] == code)


def geschiedenis() -> dict[str, int]:
    """How many rows of history each model has."""
    return {
        model._meta.model_name or "": model._default_manager.count()
        for model in apps.get_app_config("maatregelen").get_models()
        if hasattr(model, "pgh_created_at") or any(veld.name == "pgh_id" for veld in model._meta.get_fields())
    }


def in_getallen(teller: Any) -> dict[str, int]:
    """Counts per name of a model."""
    return {model.__name__: aantal for model, aantal in teller.items()}


# --- Complete


def test_everything_is_there() -> None:
    soorten = (
        Agenda, Pijler, Maatregel, Mijlpaal, Tijdsaanduiding, Betrokkenheid, Pijlerbetrokkenheid, Wetstraject,
        Indicator, Meting, Thema, Themaplaats, Ondertekenaar, Statuswijziging, Organisatie,
    )  # fmt: skip
    assert {soort.__name__: soort._default_manager.count() for soort in soorten} == {
        "Agenda": 5,
        "Pijler": 33,
        "Maatregel": 322,
        "Mijlpaal": 36,
        "Tijdsaanduiding": 46,
        "Betrokkenheid": 372,
        "Pijlerbetrokkenheid": 12,
        "Wetstraject": 22,
        "Indicator": 28,
        "Meting": 28,
        "Thema": 44,
        "Themaplaats": 268,
        "Ondertekenaar": 6,
        "Statuswijziging": 322,
        "Organisatie": 108,
    }
    assert Maatregel.objects.filter(bovenliggend__isnull=False).count() == 133
    assert Maatregel.objects.exclude(voorwaarde="").count() == 54
    assert list(Maatregel.objects.filter(geaccordeerd=False).values_list("code", flat=True).order_by("code")) == [
        "2023-2-03",
        "2023-3-21",
        "2023-3-31",
        "2023-3-32",
    ]
    assert Themaplaats.objects.values("maatregel").distinct().count() == 236
    assert Mijlpaal.objects.exclude(cyclus="Spreidingswet 2026").count() == 32


def test_per_document() -> None:
    geteld = Agenda.objects.annotate(
        n=Count("pijlers__maatregelen"), sub=Count("pijlers__maatregelen__bovenliggend")
    ).order_by("slug")
    assert [(a.slug, a.pijlers.count(), a.n, a.sub) for a in geteld] == [
        ("2018", 8, 90, 47),
        ("2023", 5, 79, 34),
        ("2024", 7, 34, 10),
        ("2025", 5, 33, 9),
        ("2026", 8, 86, 33),
    ]
    met_mijlpalen = Agenda.objects.annotate(n=Count("pijlers__maatregelen__mijlpalen")).order_by("slug")
    assert [a.n for a in met_mijlpalen] == [8, 8, 5, 9, 6]


def test_the_table_counts_what_is_recorded() -> None:
    telling = tellingen(lees(GEGEVENSMAP, vandaag=VANDAAG))
    for agenda in Agenda.objects.all():
        eigen = {"pijler__agenda": agenda}
        via = {"maatregel__pijler__agenda": agenda}
        assert telling[agenda.slug] == {
            "pijlers": agenda.pijlers.count(),
            "maatregelen": Maatregel.objects.filter(**eigen).count(),
            "onderdelen": Maatregel.objects.filter(**eigen, bovenliggend__isnull=False).count(),
            "voorwaarden": Maatregel.objects.filter(**eigen).exclude(voorwaarde="").count(),
            "PM": Maatregel.objects.filter(**eigen, geaccordeerd=False).count(),
            "mijlpalen": Mijlpaal.objects.filter(**via).count(),
            "tijdsaanduidingen": Tijdsaanduiding.objects.filter(**via).count(),
            "betrokkenheden": Betrokkenheid.objects.filter(**via).count(),
            "wetstrajecten": Wetstraject.objects.filter(**via).count(),
            "cijfers": agenda.metingen.count(),
        }


def test_two_clocks() -> None:
    per = Agenda.objects.per(datetime.date(2025, 1, 1))
    assert sorted(per.values_list("slug", flat=True)) == ["2018", "2023", "2024"]
    assert set(Agenda.objects.values_list("aangemaakt_op", flat=True)) == {MOMENT}
    assert set(Maatregel.objects.values_list("pijler__agenda__slug", "geldt_vanaf")) == {
        ("2018", datetime.date(2018, 3, 29)),
        ("2023", datetime.date(2023, 7, 7)),
        ("2024", datetime.date(2024, 9, 26)),
        ("2025", datetime.date(2025, 3, 19)),
        ("2026", datetime.date(2026, 1, 30)),
    }


def test_agendas_say_how_sure_their_date_and_state_are() -> None:
    velden = ("slug", "documentdatum", "schatting_van", "schatting_tot", "staat", "is_lopend")
    dag = datetime.date
    assert list(Agenda.objects.order_by("slug").values_list(*velden)) == [
        ("2018", None, dag(2018, 3, 29), dag(2018, 3, 29), "vastgesteld", False),
        ("2023", dag(2023, 7, 7), None, None, "concept", False),
        ("2024", None, dag(2024, 9, 13), dag(2024, 9, 26), "aanzet", True),
        ("2025", dag(2025, 3, 14), dag(2025, 3, 19), None, "aanzet", True),
        ("2026", None, dag(2026, 1, 30), dag(2026, 1, 30), "vastgesteld", True),
    ]
    assert Agenda.objects.filter(schatting_van__isnull=False, datum_basis="").count() == 0
    assert Agenda.objects.get(slug="2018").kenmerk == "Kamerstuk 19 637, nr. 2375"


def test_2024_2_03_exactly() -> None:
    maatregel = Maatregel.objects.select_related("pijler__agenda").get(code="2024-2-03")
    assert (maatregel.pijler.nummer, maatregel.titel, maatregel.soort, maatregel.aard, maatregel.status) == (
        "2",
        "Verdeelbesluit opvangopgave nemen op basis van verslagen",
        "besluit",
        "maatregel",
        "aangekondigd",
    )
    assert (maatregel.regel_van, maatregel.regel_tot, maatregel.voortgang) == (94, 96, "niet_gemeld")
    assert maatregel.toelichting.startswith("Tekst zegt alleen 'De minister'; AenM volgt uit pijlerkop.")
    termijn = (
        "omschrijving", "termijn_tekst", "begin", "einde", "precisie", "relatie", "hardheid", "cyclus", "peildatum",
        "voor_wie", "regel_van", "regel_tot", "bron_id", "behaald_op",
    )  # fmt: skip
    assert list(maatregel.mijlpalen.values_list(*termijn)) == [
        (
            "Verdeelbesluit genomen",
            "voor 31 december 2024",
            None,
            datetime.date(2024, 12, 30),
            "dag",
            "voor",
            "wettelijk",
            "Spreidingswet 2024",
            datetime.date(2024, 9, 26),
            "AenM (tekst: de minister)",
            96,
            96,
            "D000-05",
            None,
        )
    ]
    betrokken = ("organisatie__slug", "rol", "herkomst", "volgorde", "vanaf", "tot", "door")
    dag = datetime.date(2024, 9, 26)
    assert list(maatregel.betrokkenheden.order_by("volgorde").values_list(*betrokken)) == [
        ("aenm", "verantwoordelijk", "genoemd", 0, dag, None, None),
        ("provincies", "betrokken", "genoemd", 1, dag, None, None),
        ("commissarissen-van-de-koning", "betrokken", "genoemd", 2, dag, None, None),
    ]
    rij = maatregel.statuswijzigingen.get()
    assert (rij.van, rij.naar, rij.per, rij.door, rij.vastgelegd_op) == (None, "aangekondigd", dag, None, MOMENT)
    titel = "Aanzet voor een gezamenlijke agenda asiel en migratie (Bijlage I bij LRT-stukken)"
    assert rij.toelichting == f"Volgt uit het stuk “{titel}”, regels 94 tot en met 96."
    traject = maatregel.wetstraject
    assert (traject.soort, traject.dossier, traject.stand_tekst) == (
        "wet",
        "36 333",
        "Spreidingswet van kracht (regel 88)",
    )


def test_the_text_decides_where_a_measure_starts() -> None:
    anders = Statuswijziging.objects.exclude(naar="aangekondigd").order_by("maatregel__code")
    assert list(anders.values_list("maatregel__code", "maatregel__status", "naar", "per")) == [
        ("2018-1-05", "uitgevoerd", "uitgevoerd", datetime.date(2018, 3, 29)),
        ("2018-6-05", "in_uitvoering", "in_uitvoering", datetime.date(2018, 3, 29)),
        ("2023-2-16", "in_uitvoering", "in_uitvoering", datetime.date(2023, 7, 7)),
        ("2025-4-10", "in_uitvoering", "in_uitvoering", datetime.date(2025, 3, 19)),
    ]
    eerste = anders.first()
    assert eerste is not None
    assert eerste.toelichting.endswith(" Het stuk noemt dit afgerond.")


def test_the_running_cycle_of_the_spreidingswet() -> None:
    dag = datetime.date
    velden = ("termijn_tekst", "begin", "einde", "precisie", "relatie", "hardheid", "behaald_op")
    mijlpalen = Mijlpaal.objects.filter(maatregel__code="2026-4-05", cyclus="Spreidingswet 2026").order_by("einde")
    assert list(mijlpalen.values_list(*velden)) == [
        ("27 februari 2026", dag(2026, 2, 27), dag(2026, 2, 27), "dag", "op", "wettelijk", dag(2026, 2, 27)),
        ("begin december 2026", dag(2026, 12, 1), dag(2026, 12, 10), "periode", "in", "wettelijk", None),
        ("eind 2026", dag(2026, 10, 1), dag(2026, 12, 31), "seizoen", "in", "wettelijk", None),
        ("medio 2027", dag(2027, 5, 1), dag(2027, 8, 31), "seizoen", "in", "wettelijk", None),
    ]
    assert all("Persberichten" in mijlpaal.bron and "pers" in mijlpaal.toelichting for mijlpaal in mijlpalen)
    assert "88.000" in mijlpalen[0].behaald_bewijs


def test_hardness_follows_the_text() -> None:
    hard = Mijlpaal.objects.exclude(hardheid="toezegging").exclude(cyclus="Spreidingswet 2026")
    assert sorted(hard.values_list("maatregel__code", "hardheid")) == [
        ("2023-3-01", "streven"),
        ("2023-4-01", "streven"),
        ("2024-2-02", "wettelijk"),
        ("2024-2-03", "wettelijk"),
        ("2026-8-07", "streven"),
    ]


def test_ended_ministries_keep_their_name_and_have_a_successor() -> None:
    dag = datetime.date
    opgeheven = Organisatie.objects.filter(geldig_tot__isnull=False).order_by("slug")
    assert list(opgeheven.values_list("slug", "geldig_van", "geldig_tot", "opvolger__slug", "tooi_id")) == [
        ("aenm", dag(2024, 7, 2), dag(2026, 2, 23), "jenv", "ministerie/mnre1162"),
        ("kgg", dag(2024, 7, 2), dag(2026, 2, 23), "ezk", "ministerie/mnre1182"),
        ("vro", dag(2024, 7, 2), dag(2026, 2, 23), "bzk", "ministerie/mnre1171"),
    ]


def test_generic_words_are_never_trekker() -> None:
    trekkers = Betrokkenheid.objects.trekkers()
    assert trekkers.filter(organisatie__soort="aanduiding").count() == 0
    woorden = ["kabinet", "rijk", "nederland", "rijksbreed", "werkgevers", "medeoverheden", "gemeenten", "provincies"]
    assert list(Organisatie.objects.filter(slug__in=woorden).exclude(soort="aanduiding")) == []
    assert Organisatie.objects.filter(slug__in=woorden).count() == 8
    maatregel = Maatregel.objects.met_trekker().get(code="2024-0-01")  # kabinet, medeoverheden, woningbouwcorporaties
    assert maatregel.heeft_trekker is False
    assert maatregel.betrokkenheden.filter(rol="verantwoordelijk").count() == 3


def test_who_presents_a_point_is_not_inherited() -> None:
    pijler = Pijler.objects.get(agenda__slug="2025", nummer="2")
    assert list(pijler.betrokkenheden.values_list("organisatie__slug", "rol")) == [
        ("aenm", "inleider"),
        ("vro", "inleider"),
        ("coa", "inleider"),
    ]
    geerfd = Betrokkenheid.objects.filter(herkomst="geerfd")
    assert geerfd.count() == 42
    assert geerfd.exclude(maatregel__pijler__agenda__slug="2024").count() == 0


def test_two_spellings_are_one_organisation() -> None:
    ambt = Organisatie.objects.get(slug="commissarissen-van-de-koning")
    codes = Betrokkenheid.objects.filter(organisatie=ambt).values_list("maatregel__code", flat=True)
    assert sorted(codes) == ["2024-2-02", "2024-2-03", "2025-4-16", "2025-4-17", "2025-5-03"]


def test_figures_keep_what_is_not_a_plain_number() -> None:
    velden = ("waarde", "waarde_tot", "waarde_tekst", "vorige", "kwalificatie", "periode", "peildatum", "regel_van")

    def cijfer(naam: str) -> tuple[Any, ...]:
        return tuple(Meting.objects.filter(indicator__naam=naam).values_list(*velden).get())

    dag = datetime.date(2018, 3, 29)
    assert cijfer("Ingewilligde reguliere aanvragen") == (
        Decimal(84), Decimal(87), "", "", "tussen", "2017", dag, 85
    )  # fmt: skip
    assert cijfer("Taaleis inburgering") == (None, None, "B1", "A2", "", "", dag, 619)
    assert cijfer("Zoekperiode kennismigranten") == (
        Decimal(6), None, "", "3", "PM", "", datetime.date(2023, 7, 7), 81
    )  # fmt: skip


def test_sections_within_a_section() -> None:
    onder = Pijler.objects.filter(bovenliggend__isnull=False).order_by("nummer")
    assert list(onder.values_list("agenda__slug", "nummer", "bovenliggend__nummer")) == [
        ("2026", "7", "6"),
        ("2026", "8", "6"),
    ]


# --- Again


def test_a_second_load_writes_nothing() -> None:
    voor = geschiedenis()
    with CaptureQueriesContext(connection) as gevraagd:
        verslag = opnieuw()
    assert [q["sql"] for q in gevraagd if q["sql"].split()[0] not in ("SELECT", "SAVEPOINT", "RELEASE")] == []
    assert len(gevraagd) == 18
    assert geschiedenis() == voor
    assert sum(voor.values()) == 1652
    assert verslag == Verslag()


def test_what_people_changed_stays_and_the_rest_follows_the_file(kopie: Path, wijzig: Wijzig) -> None:
    Maatregel.objects.filter(code="2024-2-03").update(titel="Zoals wij het noemen", versie=2)

    def verander(document: Any) -> None:
        maatregel = maatregel_in(document, "2024-2-03")
        maatregel["titel"] = "Verbeterde titel"
        maatregel["voorwaarde"] = "Als de verslagen er zijn"

    wijzig("2024.json", verander)
    verslag = opnieuw(kopie)
    maatregel = Maatregel.objects.get(code="2024-2-03")
    assert (maatregel.titel, maatregel.voorwaarde) == ("Zoals wij het noemen", "Als de verslagen er zijn")
    assert (maatregel.versie, maatregel.gewijzigd_op, maatregel.aangemaakt_op) == (3, LATER, MOMENT)
    assert in_getallen(verslag.bijgewerkt) == {"Maatregel": 1}
    assert in_getallen(verslag.toegevoegd) == {}
    assert verslag.gelaten == ["maatregel 2024-2-03: titel"]
    voor = geschiedenis()
    assert opnieuw(kopie).gelaten == ["maatregel 2024-2-03: titel"]
    assert geschiedenis() == voor
    assert Maatregel.objects.exclude(code="2024-2-03").exclude(versie=1).count() == 0


def test_a_change_by_people_alone_is_kept_without_a_write() -> None:
    Agenda.objects.filter(slug="2026").update(is_lopend=False)
    voor = geschiedenis()
    verslag = opnieuw()
    assert Agenda.objects.get(slug="2026").is_lopend is False
    assert verslag.gelaten == ["agenda 2026: is_lopend"]
    assert geschiedenis() == voor


def verslagen(wijzig: Wijzig, **termijn: str) -> Mijlpaal:
    """The milestone of the reports, to which the file gives another termijn."""
    wijzig("spreidingswet-2026.json", lambda cyclus: cyclus["mijlpalen"][1].update(termijn))
    return Mijlpaal.objects.get(bron_id="spreidingswet-2026-verslagen")


MEDIO = {"begin": "2026-12-11", "einde": "2026-12-20", "termijnTekst": "medio december 2026"}


def test_a_file_that_moves_a_deadline_leaves_what_it_was(kopie: Path, wijzig: Wijzig) -> None:
    """Else a deadline would move in silence: nobody could see that it ever was another."""
    mijlpaal = verslagen(wijzig, **MEDIO)
    maatregel, versie = mijlpaal.maatregel, mijlpaal.versie
    opnieuw(kopie)
    mijlpaal.refresh_from_db()
    maatregel.refresh_from_db()
    [wijziging] = Termijnwijziging.objects.all()
    assert (wijziging.mijlpaal, wijziging.soort, wijziging.door) == (mijlpaal, "uitgesteld", None)
    assert (wijziging.reden, wijziging.vastgelegd_op) == ("Gewijzigd in de gegevensbestanden.", LATER)
    assert (wijziging.van_tekst, wijziging.van_begin, wijziging.van_einde) == (
        "begin december 2026", datetime.date(2026, 12, 1), datetime.date(2026, 12, 10),
    )  # fmt: skip
    assert (wijziging.naar_tekst, wijziging.naar_begin, wijziging.naar_einde) == (
        "medio december 2026", datetime.date(2026, 12, 11), datetime.date(2026, 12, 20),
    )  # fmt: skip
    assert (mijlpaal.einde, mijlpaal.versie) == (datetime.date(2026, 12, 20), versie + 1)
    assert (mijlpaal.gewijzigd_op, maatregel.gewijzigd_op) == (LATER, LATER)
    assert mijlpaal.bronwaarden["einde"] == "2026-12-20"
    # The same files once more: nothing.
    voor = geschiedenis()
    assert opnieuw(kopie) == Verslag()
    assert (geschiedenis(), Termijnwijziging.objects.count()) == (voor, 1)


def test_a_file_that_sharpens_a_termijn_is_no_move(kopie: Path, wijzig: Wijzig) -> None:
    dag = {"begin": "2026-12-03", "einde": "2026-12-03", "precisie": "dag", "termijnTekst": "3 december 2026"}
    mijlpaal = verslagen(wijzig, **dag, relatie="op")
    opnieuw(kopie)
    assert list(mijlpaal.termijnwijzigingen.values_list("soort", "reden")) == [
        ("verscherpt", "Gewijzigd in de gegevensbestanden.")
    ]


def test_a_file_that_changes_something_else_leaves_no_change_of_the_termijn(kopie: Path, wijzig: Wijzig) -> None:
    mijlpaal = verslagen(wijzig, omschrijving="Verslagen binnen")
    opnieuw(kopie)
    mijlpaal.refresh_from_db()
    assert (mijlpaal.omschrijving, Termijnwijziging.objects.count()) == ("Verslagen binnen", 0)


def test_a_termijn_that_people_moved_is_not_moved_by_a_file(kopie: Path, wijzig: Wijzig) -> None:
    mijlpaal = verslagen(wijzig, **MEDIO)
    velden = {"termijn_tekst": "voor 2027", "begin": None, "einde": datetime.date(2026, 12, 31), "relatie": "voor"}
    wijzig_mijlpaal(mijlpaal, velden, reden="Overleg loopt uit.", door=PersoonFactory(), versie=None, moment=MOMENT)
    verslag = opnieuw(kopie)
    mijlpaal.refresh_from_db()
    assert (mijlpaal.termijn_tekst, mijlpaal.einde) == ("voor 2027", datetime.date(2026, 12, 31))
    assert list(mijlpaal.termijnwijzigingen.values_list("reden", flat=True)) == ["Overleg loopt uit."]
    assert verslag.gelaten == ["mijlpaal 2026-4-05/spreidingswet-2026-verslagen: termijn_tekst, begin, einde, relatie"]


def test_a_termijn_that_people_hung_on_an_event_keeps_its_days_from_there(kopie: Path, wijzig: Wijzig) -> None:
    mijlpaal = verslagen(wijzig, **MEDIO)
    Mijlpaal.objects.filter(pk=mijlpaal.pk).update(na_fase="inwerkingtreding")
    verslag = opnieuw(kopie)
    mijlpaal.refresh_from_db()
    assert (mijlpaal.einde, Termijnwijziging.objects.count()) == (datetime.date(2026, 12, 10), 0)
    assert verslag.gelaten == ["mijlpaal 2026-4-05/spreidingswet-2026-verslagen: termijn_tekst, begin, einde, na_fase"]


def test_what_hangs_on_a_milestone_counts_from_the_day_in_the_file(kopie: Path, wijzig: Wijzig) -> None:
    mijlpaal = verslagen(wijzig, behaaldOp="2026-11-18", behaaldBewijs="Kamerbrief")
    wacht = MijlpaalFactory(
        maatregel=mijlpaal.maatregel, termijn_tekst="binnen twee weken na de verslagen", einde=None, precisie="vaag",
        relatie="binnen", duur="P2W", na_mijlpaal=mijlpaal,
    )  # fmt: skip
    opnieuw(kopie)
    wacht.refresh_from_db()
    assert (wacht.einde, wacht.termijnwijzigingen.get().soort) == (datetime.date(2026, 12, 2), "bepaald")


def test_a_day_and_its_words_move_together(kopie: Path, wijzig: Wijzig) -> None:
    """Had only the unchanged half followed, the interval would run backwards and the load would fail."""
    mijlpaal = Mijlpaal.objects.get(bron_id="spreidingswet-2026-verslagen")
    Mijlpaal.objects.filter(pk=mijlpaal.pk).update(einde=datetime.date(2026, 12, 4))

    def verander(cyclus: Any) -> None:
        cyclus["mijlpalen"][1] |= {"begin": "2026-12-11", "einde": "2026-12-20", "termijnTekst": "medio december"}
        cyclus["mijlpalen"][1]["omschrijving"] = "Verslagen ontvangen"

    wijzig("spreidingswet-2026.json", verander)
    verslag = opnieuw(kopie)
    mijlpaal.refresh_from_db()
    assert (mijlpaal.begin, mijlpaal.einde) == (datetime.date(2026, 12, 1), datetime.date(2026, 12, 4))
    assert (mijlpaal.termijn_tekst, mijlpaal.omschrijving) == ("begin december 2026", "Verslagen ontvangen")
    naam = "mijlpaal 2026-4-05/spreidingswet-2026-verslagen"
    assert verslag.gelaten == [f"{naam}: termijn_tekst, begin, einde"]


def test_reached_by_people_stays_reached(kopie: Path, wijzig: Wijzig) -> None:
    mijlpaal = Mijlpaal.objects.get(bron_id="spreidingswet-2026-verdeelbesluit")
    Mijlpaal.objects.filter(pk=mijlpaal.pk).update(behaald_op=VANDAAG, behaald_bewijs="Stcrt. 2026")
    wijzig("spreidingswet-2026.json", lambda c: c["mijlpalen"][2].update(behaaldOp="2026-11-01", behaaldBewijs="pers"))
    opnieuw(kopie)
    mijlpaal.refresh_from_db()
    assert (mijlpaal.behaald_op, mijlpaal.behaald_bewijs) == (VANDAAG, "Stcrt. 2026")


def test_ended_and_added_involvement_is_left_alone() -> None:
    persoon = PersoonFactory()
    maatregel = Maatregel.objects.get(code="2024-2-03")
    maatregel.betrokkenheden.filter(organisatie__slug="provincies").update(tot=VANDAAG, reden="Niet meer", door=persoon)
    Betrokkenheid.objects.create(
        maatregel=maatregel,
        organisatie=Organisatie.objects.get(slug="vng"),
        rol="betrokken",
        herkomst="toegewezen",
        vanaf=VANDAAG,
        door=persoon,
    )
    voor = geschiedenis()
    assert opnieuw() == Verslag()
    assert geschiedenis() == voor
    assert sorted(maatregel.betrokkenheden.geldend().values_list("organisatie__slug", flat=True)) == [
        "aenm",
        "commissarissen-van-de-koning",
        "vng",
    ]


def test_corrected_involvement_replaces_what_the_file_said(kopie: Path, wijzig: Wijzig) -> None:
    andere = Maatregel.objects.get(code="2024-2-02")
    voor_anderen = list(andere.betrokkenheden.values_list("id", flat=True))

    def verander(document: Any) -> None:
        maatregel_in(document, "2024-2-03")["betrokken"] = ["provincies", "IPO"]

    wijzig("2024.json", verander)
    verslag = opnieuw(kopie)
    maatregel = Maatregel.objects.get(code="2024-2-03")
    assert list(maatregel.betrokkenheden.values_list("organisatie__slug", "rol", "herkomst")) == [
        ("aenm", "verantwoordelijk", "genoemd"),
        ("provincies", "betrokken", "genoemd"),
        ("ipo", "betrokken", "genoemd"),
    ]
    assert (in_getallen(verslag.toegevoegd), in_getallen(verslag.verwijderd)) == (
        {"Betrokkenheid": 1},
        {"Betrokkenheid": 1},
    )
    assert list(andere.betrokkenheden.values_list("id", flat=True)) == voor_anderen
    assert maatregel.versie == 2


def test_involvement_that_people_already_added_is_not_doubled(kopie: Path, wijzig: Wijzig) -> None:
    maatregel = Maatregel.objects.get(code="2024-2-03")
    ipo = Organisatie.objects.get(slug="ipo")
    rij = Betrokkenheid.objects.create(
        maatregel=maatregel, organisatie=ipo, rol="betrokken", herkomst="genoemd", vanaf=VANDAAG
    )
    wijzig("2024.json", lambda d: maatregel_in(d, "2024-2-03")["betrokken"].append("IPO"))
    opnieuw(kopie)
    assert list(maatregel.betrokkenheden.filter(organisatie=ipo)) == [rij]


def test_involvement_by_people_is_not_taken_away_by_the_file(kopie: Path, wijzig: Wijzig) -> None:
    """They ended what the text said and set the same themselves: theirs now, whatever becomes of the text."""
    maatregel = Maatregel.objects.get(code="2024-2-03")
    persoon = PersoonFactory()
    rij = maatregel.betrokkenheden.get(organisatie__slug="provincies")
    Betrokkenheid.objects.filter(pk=rij.pk).update(tot=VANDAAG)
    eigen = Betrokkenheid.objects.create(
        maatregel=maatregel,
        organisatie=rij.organisatie,
        rol="betrokken",
        herkomst="genoemd",
        vanaf=VANDAAG,
        door=persoon,
    )
    wijzig("2024.json", lambda d: maatregel_in(d, "2024-2-03")["betrokken"].remove("provincies"))
    opnieuw(kopie)
    assert sorted(maatregel.betrokkenheden.filter(organisatie=rij.organisatie), key=lambda b: b.pk) == [rij, eigen]


def test_a_corrected_indication_of_time_is_replaced(kopie: Path, wijzig: Wijzig) -> None:
    wijzig("2024.json", lambda d: maatregel_in(d, "2024-2-04")["tijdsaanduidingen"][0].update(termijnTekst="later"))
    opnieuw(kopie)
    assert list(
        Tijdsaanduiding.objects.filter(maatregel__code="2024-2-04").values_list("termijn_tekst", "bron_id")
    ) == [("later", "D000-06")]
    assert Tijdsaanduiding.objects.count() == 46


def test_a_milestone_that_people_removed_stays_away() -> None:
    Mijlpaal.objects.filter(maatregel__code="2024-6-03").delete()
    voor = geschiedenis()
    verslag = opnieuw()
    assert Mijlpaal.objects.filter(maatregel__code="2024-6-03").count() == 0
    assert geschiedenis() == voor
    assert verslag.gelaten == ["mijlpaal 2024-6-03/D000-10: hier weggehaald"]


def test_what_the_file_no_longer_names_stays_and_is_told(kopie: Path, wijzig: Wijzig) -> None:
    wijzig("spreidingswet-2026.json", lambda cyclus: cyclus["mijlpalen"].pop())
    voor = geschiedenis()
    verslag = opnieuw(kopie)
    assert Mijlpaal.objects.count() == 36
    assert verslag.verdwenen == ["maatregel 2026-4-05: mijlpalen spreidingswet-2026-plaatsen"]
    assert geschiedenis() == voor


def test_a_new_measure_and_milestone_in_a_file_are_added(kopie: Path, wijzig: Wijzig) -> None:
    nieuw = {
        "code": "2024-3-03",
        "titel": "Nog iets",
        "soort": "beleid",
        "aard": "maatregel",
        "onderdeelVan": "2024-3-01",
        "verantwoordelijk": ["VRO"],
        "mijlpalen": [
            {
                "kenmerk": "N1",
                "omschrijving": "Iets klaar",
                "termijnTekst": "in 2027",
                "begin": "2027-01-01",
                "einde": "2027-12-31",
                "precisie": "jaar",
                "relatie": "in",
                "hardheid": "toezegging",
            }
        ],
    }
    wijzig("2024.json", lambda d: d["pijlers"][3]["maatregelen"].append(nieuw))
    verslag = opnieuw(kopie)
    assert in_getallen(verslag.toegevoegd) == {
        "Maatregel": 1,
        "Statuswijziging": 1,
        "Mijlpaal": 1,
        "Betrokkenheid": 1,
    }
    assert in_getallen(verslag.bijgewerkt) == {}
    maatregel = Maatregel.objects.get(code="2024-3-03")
    assert maatregel.bovenliggend is not None
    assert maatregel.bovenliggend.code == "2024-3-01"
    assert maatregel.mijlpalen.get().einde == datetime.date(2027, 12, 31)


def test_records_of_people_are_theirs(kopie: Path, wijzig: Wijzig) -> None:
    """Their own agenda, organisation and milestone, even where a file later uses the same name."""
    eigen = AgendaFactory(slug="2027", titel="Eigen agenda")
    OrganisatieFactory(naam="Raad voor het Openbaar Bestuur", slug="rob-eigen", afkorting="ROB")
    mijlpaal = MijlpaalFactory(maatregel=Maatregel.objects.get(code="2024-2-03"), omschrijving="Onze tussenstap")

    def stuk(document: Any) -> None:
        document |= {"slug": "2027", "titel": "Uit een bestand"}
        document["pijlers"] = [{"nummer": "1", "titel": "Eerste", "maatregelen": []}]
        document.pop("cijfers")

    shutil.copy(kopie / "2024.json", kopie / "2027.json")
    wijzig("2027.json", stuk)
    wijzig("inhoud.json", lambda inhoud: inhoud["documenten"].append("2027.json"))
    rob = {"slug": "rob", "naam": "Raad voor het Openbaar Bestuur", "afkorting": "ROB", "soort": "advies"}
    wijzig("organisaties.json", lambda o: o["organisaties"].append(rob))
    verslag = opnieuw(kopie)
    eigen.refresh_from_db()
    mijlpaal.refresh_from_db()
    assert (eigen.titel, eigen.pijlers.count(), mijlpaal.omschrijving) == ("Eigen agenda", 0, "Onze tussenstap")
    assert Organisatie.objects.filter(naam="Raad voor het Openbaar Bestuur").get().soort == "ministerie"
    assert in_getallen(verslag.toegevoegd) == {}
    assert in_getallen(verslag.bijgewerkt) == {}
    assert "organisatie rob: soort, is_rijk" in verslag.gelaten


def test_the_command_prints_the_counts(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("laad_agendas")
    regels = capsys.readouterr().out.splitlines()
    assert regels[0].split() == [
        "document", "pijlers", "maatregelen", "onderdelen", "voorwaarden", "PM", "mijlpalen", "tijdsaanduidingen",
        "betrokkenheden", "wetstrajecten", "cijfers",
    ]  # fmt: skip
    assert regels[6].split() == ["totaal", "33", "322", "133", "54", "4", "36", "46", "372", "22", "28"]
    assert regels[7] == "5 documenten, 44 thema's met 236 maatregelen, 108 organisaties en aanduidingen."
    assert regels[9:11] == ["Toegevoegd: niets.", "Bijgewerkt: niets."]
