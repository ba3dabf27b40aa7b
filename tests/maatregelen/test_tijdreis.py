"""The past through views: every table has its own, they hang together, and nothing can be written there.

What follows a loaded document through the years is in test_terugblik_documenten.
"""

import datetime
import inspect
from collections.abc import Callable, Iterator

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from maatregelen import zichtbaarheid
from maatregelen.dossiervoering import meld_voortgang
from maatregelen.models import (
    Agenda,
    Betrokkenheid,
    Indicator,
    Maatregel,
    Meting,
    Mijlpaal,
    Opvolging,
    Organisatie,
    Persoon,
    Statuswijziging,
    Termijnwijziging,
    Thema,
    Themaplaats,
)
from maatregelen.statuswissel import wijzig_status
from maatregelen.termijnbewaking import wijzig_mijlpaal
from maatregelen.tijdreis import AlTerug, Tijdfout, Tijdstip, einde_van, hier, lees_tijdstip, terug
from maatregelen.tijdreis.herstel import Later, Verschil, later_vastgelegd
from maatregelen.zichtbaarheid import Bevoegdheid, terugkijkend
from tests.conftest import Mensen
from tests.factories import AgendaFactory, BetrokkenheidFactory, MaatregelFactory, MijlpaalFactory, OrganisatieFactory
from tests.paginatekst import tekst

DAG = datetime.date
NU = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)

# Tables with a history that have no past of their own, and why.
ALTIJD_VANDAAG = {
    "maatregelen_persoon": "rights and people are today's",
    "maatregelen_lidmaatschap": "rights and people are today's",
    "maatregelen_volger": "what a person follows is that person's own, now",
    "maatregelen_volgfilter": "what a person follows is that person's own, now",
    "maatregelen_abonnement": "a secret address works or does not, now",
    "maatregelen_berichtvoorkeur": "what a person wants to be told, now",
    "maatregelen_vervanging": "who stands in for whom, now",
    "maatregelen_herinnerregel": "a setting of the product",
    "maatregelen_escalatie": "a setting of the product",
    "maatregelen_publicatiebeleid": "a setting of the product",
}
# Tables without a history table that have a past all the same.
ZONDER_HISTORIE = {"maatregelen_herinnering", "regietafel_vergaderbericht"}


def kolommen(schema: str) -> dict[str, list[tuple[str, str]]]:
    """Per table or view of a schema its columns in order, with their types."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name, data_type || coalesce(character_maximum_length::text, '') || udt_name"
            " FROM information_schema.columns WHERE table_schema = %s ORDER BY table_name, ordinal_position",
            [schema],
        )
        uit: dict[str, list[tuple[str, str]]] = {}
        for tabel, kolom, soort in cursor.fetchall():
            uit.setdefault(tabel, []).append((kolom, soort))
    return uit


def modellen() -> Iterator[type[models.Model]]:
    """The models of the product, without their event tables."""
    for model in apps.get_models():
        if model._meta.app_label in ("maatregelen", "regietafel") and not hasattr(model, "pgh_tracked_model"):
            yield model


@pytest.mark.django_db
def test_every_table_with_a_history_has_its_past_with_the_same_columns() -> None:
    """A new model or column fails here until somebody has said how it was on a day, or why that is not asked."""
    met_historie = {model._meta.db_table for model in modellen() if hasattr(model, "pgh_event_model")}
    public = kolommen("public")
    verwacht = {tabel: public[tabel] for tabel in (met_historie - set(ALTIJD_VANDAAG)) | ZONDER_HISTORIE}
    for schema in ("toen", "gezien", "toen_gezien"):
        gevonden = kolommen(schema)
        assert set(gevonden) == set(verwacht), schema
        for tabel, rij in verwacht.items():
            assert gevonden[tabel] == rij, (schema, tabel)
    assert set(ALTIJD_VANDAAG) <= met_historie


def om(dag: DAG, uur: int = 12) -> datetime.datetime:
    """That hour of a day."""
    return datetime.datetime.combine(dag, datetime.time(uur), datetime.UTC)


def verplaats_historie(model: type[models.Model], sleutel: int, dagen: list[DAG]) -> None:
    """As if the versions of a record had been recorded on these days, in order."""
    historie = f"{model._meta.db_table}event"
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {historie} DISABLE TRIGGER USER")
        cursor.execute(f"SELECT pgh_id FROM {historie} WHERE pgh_obj_id = %s ORDER BY pgh_id", [sleutel])  # noqa: S608
        for (rij,), dag in zip(cursor.fetchall(), dagen, strict=True):
            cursor.execute(f"UPDATE {historie} SET pgh_created_at = %s WHERE pgh_id = %s", [om(dag), rij])  # noqa: S608
        cursor.execute(f"ALTER TABLE {historie} ENABLE TRIGGER USER")


def test_what_was_known_by_a_moment(mensen: Mensen) -> None:
    maatregel = MaatregelFactory(titel="Eerst")
    vreemd = MaatregelFactory(titel="Vreemd")
    Maatregel.objects.filter(pk=maatregel.pk).update(titel="Daarna")
    verplaats_historie(Maatregel, maatregel.pk, [DAG(2024, 10, 1), DAG(2024, 12, 1)])
    verplaats_historie(Maatregel, vreemd.pk, [DAG(2025, 1, 1)])
    for rij in (maatregel.pijler, vreemd.pijler):
        verplaats_historie(type(rij), rij.pk, [DAG(2024, 9, 1)])
        verplaats_historie(Agenda, rij.agenda_id, [DAG(2024, 9, 1)])
    for moment, titels in (
        (om(DAG(2024, 10, 1), 11), []),
        (om(DAG(2024, 10, 1), 13), ["Eerst"]),
        (om(DAG(2024, 12, 2)), ["Daarna"]),
        (om(DAG(2025, 1, 2)), ["Daarna", "Vreemd"]),
    ):
        with terug(gezien_op=moment):
            assert sorted(Maatregel.objects.values_list("titel", flat=True)) == titels
        with terug(peildatum=moment.date(), gezien_op=moment):
            assert sorted(Maatregel.objects.values_list("titel", flat=True)) == titels


def test_a_later_version_never_comes_before_an_earlier_one(mensen: Mensen) -> None:
    """Also when the clock was put back: the version of then is the last one that was written."""
    maatregel = MaatregelFactory(titel="Eerst")
    morgen = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE maatregelen_maatregelevent DISABLE TRIGGER USER")
        cursor.execute("UPDATE maatregelen_maatregelevent SET pgh_created_at = %s", [morgen])
        cursor.execute("ALTER TABLE maatregelen_maatregelevent ENABLE TRIGGER USER")
    Maatregel.objects.filter(pk=maatregel.pk).update(titel="Daarna")
    historie = Maatregel.pgh_event_model.objects.filter(pgh_obj=maatregel.pk)  # type: ignore[attr-defined]
    assert list(historie.order_by("pgh_id").values_list("titel", "pgh_created_at")) == [
        ("Eerst", morgen),
        ("Daarna", morgen),
    ]


def test_a_term_is_what_it_was_before_it_was_moved(mensen: Mensen) -> None:
    maatregel = MaatregelFactory(trekker=mensen.organisatie)
    mijlpaal, ander = MijlpaalFactory(maatregel=maatregel), MijlpaalFactory(maatregel=maatregel, omschrijving="Ander")
    for nieuw, einde, dag in (
        ("voor 1 maart 2025", DAG(2025, 2, 28), DAG(2024, 12, 1)),
        ("voor 1 mei 2025", DAG(2025, 4, 30), DAG(2025, 2, 1)),
    ):
        wijzig_mijlpaal(
            Mijlpaal.objects.get(pk=mijlpaal.pk),
            {"termijn_tekst": nieuw, "einde": einde},
            reden="Later.",
            door=mensen.eigen,
            versie=None,
            moment=om(dag),
        )
    for dag, woorden, einde, aantal in (
        (DAG(2024, 11, 30), "voor 31 december 2024", DAG(2024, 12, 30), 0),
        (DAG(2024, 12, 1), "voor 1 maart 2025", DAG(2025, 2, 28), 1),
        (DAG(2025, 2, 1), "voor 1 mei 2025", DAG(2025, 4, 30), 2),
    ):
        with terug(peildatum=dag):
            rij = Mijlpaal.objects.get(pk=mijlpaal.pk)
            assert (rij.termijn_tekst, rij.einde) == (woorden, einde)
            assert Termijnwijziging.objects.count() == aantal
            assert Mijlpaal.objects.get(pk=ander.pk).einde == DAG(2024, 12, 30)


def test_an_end_that_was_to_come_is_not_told(mensen: Mensen) -> None:
    opvolger = OrganisatieFactory(afkorting="JenV")
    OrganisatieFactory(
        afkorting="AenM", geldig_tot=DAG(2026, 2, 23), opvolger=opvolger, toelichting="Sinds 2026 deel van JenV."
    )
    maatregel = MaatregelFactory()
    rij = BetrokkenheidFactory(maatregel=maatregel, organisatie=mensen.organisatie, reden="Van begin af.")
    Betrokkenheid.objects.filter(pk=rij.pk).update(tot=DAG(2025, 2, 1), reden="Overgedragen.", door=mensen.eigen)
    with terug(peildatum=DAG(2025, 1, 1)):
        toen = Organisatie.objects.get(slug="aenm")
        assert (toen.geldig_tot, toen.opvolger_id, toen.toelichting) == (None, None, "")
        betrokken = Betrokkenheid.objects.get(pk=rij.pk)
        assert (betrokken.tot, betrokken.reden, betrokken.door_id) == (None, "Van begin af.", None)
    with terug(peildatum=DAG(2026, 2, 23)):
        later = Organisatie.objects.get(slug="aenm")
        assert (later.geldig_tot, later.opvolger_id) == (DAG(2026, 2, 23), opvolger.pk)
        assert Betrokkenheid.objects.get(pk=rij.pk).reden == "Overgedragen."


def test_what_was_removed_since_is_still_there_then(mensen: Mensen) -> None:
    van, naar = MaatregelFactory(), MaatregelFactory()
    rij = Opvolging.objects.create(van=van, naar=naar, soort="voortgezet")
    thema = Thema.objects.create(slug="t", titel="T")
    plaats = Themaplaats.objects.create(thema=thema, maatregel=van)
    sleutels = (rij.pk, plaats.pk)
    rij.delete()
    plaats.delete()
    verplaats_historie(Opvolging, sleutels[0], [DAG(2024, 10, 1), DAG(2024, 12, 1)])
    verplaats_historie(Themaplaats, sleutels[1], [DAG(2024, 10, 1), DAG(2024, 12, 1)])
    for dag, is_er in (
        (DAG(2024, 9, 30), False),
        (DAG(2024, 10, 1), True),
        (DAG(2024, 11, 30), True),
        (DAG(2024, 12, 1), False),
    ):
        with terug(peildatum=dag):
            assert Opvolging.objects.filter(pk=sleutels[0]).exists() is is_er
            assert Thema.objects.exists() is is_er


def test_progress_before_the_last_word_costs_nothing_where_there_is_none(mensen: Mensen) -> None:
    maatregel = MaatregelFactory(trekker=mensen.organisatie)
    for woord, dag in (("op_schema", DAG(2024, 11, 1)), ("vertraagd", DAG(2025, 2, 1))):
        stuk = Maatregel.objects.get(pk=maatregel.pk)
        meld_voortgang(stuk, woord, toelichting=f"Zin {woord}", door=mensen.eigen, versie=None, moment=om(dag))
    wijzig_status(maatregel, "in_uitvoering", door=mensen.eigen, toelichting="x", per=DAG(2024, 12, 1))
    with terug(peildatum=DAG(2024, 11, 30)):
        rij = Maatregel.objects.get(pk=maatregel.pk)
        assert (rij.status, rij.voortgang, rij.voortgang_door) == ("aangekondigd", "op_schema", mensen.eigen)
        assert (rij.versie, rij.gewijzigd_op) == (None, None)
    with terug(peildatum=DAG(2024, 12, 1)):
        assert Maatregel.objects.get(pk=maatregel.pk).status == "in_uitvoering"


def test_a_figure_is_not_told_before_the_document_that_tells_it(mensen: Mensen) -> None:
    """Its source names that document. Without the condition on the agenda in the view this fails, and the crawl of
    test_niets_van_later; nothing else does.
    """
    later = AgendaFactory(documentdatum=DAG(2025, 3, 19))
    indicator = Indicator.objects.create(slug="plekken", naam="Plekken", eenheid="plekken")
    Meting.objects.create(indicator=indicator, agenda=later, waarde=1, peildatum=DAG(2024, 2, 1), bron="Verslag 2025")
    for dag, is_er in ((DAG(2025, 3, 18), False), (DAG(2025, 3, 19), True)):
        with terug(peildatum=dag):
            assert (Meting.objects.exists(), Indicator.objects.exists()) == (is_er, is_er)


# Going there and coming back


def test_nothing_is_written_in_the_past_and_the_present_is_found_as_it_was(mensen: Mensen) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW search_path")
        nu = cursor.fetchone()
    with terug(peildatum=DAG(2025, 1, 1)) as daar:
        assert hier() == daar == Tijdstip(DAG(2025, 1, 1))
        with pytest.raises(DatabaseError, match="read-only"), transaction.atomic():
            Organisatie.objects.filter(pk=mensen.organisatie.pk).update(naam="Anders")
        with pytest.raises(AlTerug), terug(peildatum=DAG(2024, 1, 1)):
            pass
    assert hier() is None
    with connection.cursor() as cursor:
        cursor.execute("SHOW search_path")
        assert cursor.fetchone() == nu
    Organisatie.objects.filter(pk=mensen.organisatie.pk).update(naam="Anders")
    assert Organisatie.objects.get(pk=mensen.organisatie.pk).naam == "Anders"


def test_an_error_there_brings_one_back(mensen: Mensen) -> None:
    with pytest.raises(Agenda.DoesNotExist), terug(peildatum=DAG(2025, 1, 1)):
        Agenda.objects.get(slug="is-er-niet")
    assert hier() is None
    AgendaFactory(slug="is-er-niet")


def test_going_there_costs_one_question_and_a_savepoint(mensen: Mensen) -> None:
    with CaptureQueriesContext(connection) as vragen, terug(peildatum=DAG(2025, 1, 1)):
        pass
    assert [vraag["sql"].split()[0] for vraag in vragen] == ["SAVEPOINT", "SELECT", "ROLLBACK", "RELEASE"]


def test_a_row_stays_where_it_hangs(mensen: Mensen) -> None:
    mijlpaal, ander = MijlpaalFactory(), MaatregelFactory()
    with pytest.raises(IntegrityError, match="blijft waar zij aan hangt"), transaction.atomic():
        Mijlpaal.objects.filter(pk=mijlpaal.pk).update(maatregel=ander)


@pytest.mark.parametrize(
    ("adres", "uitkomst"),
    [
        ({}, None),
        ({"peildatum": ""}, None),
        ({"peildatum": "2025-03-19"}, Tijdstip(DAG(2025, 3, 19))),
        ({"peildatum": "2026-11-22"}, Tijdstip(DAG(2026, 11, 22))),
        ({"gezienOp": "2026-11-22"}, Tijdstip(None, NU, DAG(2026, 11, 22))),
        ({"gezienOp": "2025-03-19"}, Tijdstip(None, einde_van(DAG(2025, 3, 19)), DAG(2025, 3, 19))),
        ({"gezienOp": "2025-03-19T14:00"}, Tijdstip(None, om(DAG(2025, 3, 19), 13))),
        ({"gezienOp": "2025-03-19T14:00:00+02:00"}, Tijdstip(None, om(DAG(2025, 3, 19), 12))),
        (
            {"peildatum": "2025-01-01", "gezienOp": "2025-03-19T14:00Z"},
            Tijdstip(DAG(2025, 1, 1), om(DAG(2025, 3, 19), 14)),
        ),
    ],
)
def test_reading_an_address(adres: dict[str, str], uitkomst: Tijdstip | None) -> None:
    gelezen = lees_tijdstip(adres, nu=NU)
    assert gelezen == uitkomst
    if gelezen:
        assert lees_tijdstip(gelezen.adres, nu=NU) == gelezen


@pytest.mark.parametrize(
    "waarde",
    [
        "gisteren",
        "2025-02-30",
        "20250319",
        "2026-11-23",
        "1899-12-31",
        "2025-3-1",
        "0001-01-01",
        "2025-W01-1",
        "٢٠٢٥-٠١-٠١",
    ],
)
@pytest.mark.parametrize("naam", ["peildatum", "gezienOp"])
def test_what_is_no_moment_in_the_past_is_refused(naam: str, waarde: str) -> None:
    with pytest.raises(Tijdfout) as fout:
        lees_tijdstip({naam: waarde}, nu=NU)
    assert set(fout.value.fouten) == {naam}


@pytest.mark.parametrize(
    "waarde", ["2026-11-22T12:00:01Z", "9999-12-31T23:59:59-10:00", "0001-01-01T00:00+14:00", "\x00"]
)
def test_a_moment_has_bounds(waarde: str) -> None:
    with pytest.raises(Tijdfout):
        lees_tijdstip({"gezienOp": waarde}, nu=NU)


# Rights

LEZEN = {
    "mag_wijzigingen_zien",
    "mag_verzending_inzien",
    "mag_volgers_zien",
    "mag_herinneringen_van",
    "mag_logboek_lezen",
}


def test_nobody_may_change_the_past(mensen: Mensen) -> None:
    """Every right of the product, also one that is added later: it changes something, or is in the list of reading."""
    maatregel = MaatregelFactory(trekker=mensen.organisatie, pijler__agenda__houder=mensen.organisatie)
    waarden = {
        "maatregel": maatregel,
        "agenda": maatregel.pijler.agenda,
        "pijler": maatregel.pijler,
        "persoon": mensen.eigen,
        "organisatie": mensen.organisatie,
        "volgt": True,
    }
    rechten = {naam: recht for naam, recht in vars(zichtbaarheid).items() if naam.startswith("mag_")}
    for persoon in (mensen.eigen, mensen.secretariaat, mensen.beheerder):
        nu = Bevoegdheid(persoon, NU.date())
        toen = terugkijkend(nu, DAG(2025, 1, 1))
        assert (toen.rollen, toen.vandaag) == (nu.rollen, DAG(2025, 1, 1))
        for naam, recht in rechten.items():
            gegeven = {deel: waarden[deel] for deel in list(inspect.signature(recht).parameters)[1:]}
            assert naam in LEZEN or recht(toen, **gegeven) is False, naam
    assert {naam for naam, recht in rechten.items() if not hasattr(recht, "__wrapped__")} == LEZEN


# Where the clocks differ


def test_what_was_recorded_later_is_told(mensen: Mensen) -> None:
    oud, hersteld, nieuw = (MaatregelFactory(code=code, trekker=mensen.organisatie) for code in ("oud", "her", "nieuw"))
    mijlpaal = MijlpaalFactory(maatregel=hersteld)
    begin, later = DAG(2024, 9, 27), DAG(2025, 6, 1)
    for rij in (oud, hersteld, nieuw):
        for model, sleutel in ((type(rij.pijler), rij.pijler_id), (Agenda, rij.pijler.agenda_id)):
            verplaats_historie(model, sleutel, [begin])
    verplaats_historie(Organisatie, mensen.organisatie.pk, [begin])
    verplaats_historie(Mijlpaal, mijlpaal.pk, [begin])
    for rij in (oud, hersteld):
        verplaats_historie(Maatregel, rij.pk, [begin])
        verplaats_historie(Statuswijziging, rij.statuswijzigingen.get().pk, [begin])
        verplaats_historie(Betrokkenheid, rij.betrokkenheden.get().pk, [begin])
    verplaats_historie(Maatregel, nieuw.pk, [later])
    # Recorded today, as having taken effect on 1 December 2024.
    wijzig_status(hersteld, "in_uitvoering", door=mensen.eigen, toelichting="x", per=DAG(2024, 12, 1))
    sleutels = [oud.pk, hersteld.pk, nieuw.pk]
    assert later_vastgelegd(sleutels) == {}
    verschil = Verschil("Status", "in uitvoering", "aangekondigd")
    verwacht = {hersteld.pk: Later(DAG(2025, 1, 1), (verschil,)), nieuw.pk: Later(DAG(2025, 1, 1))}
    with terug(peildatum=DAG(2025, 1, 1)):
        with CaptureQueriesContext(connection) as vragen:
            assert later_vastgelegd(sleutels) == verwacht
        assert len(vragen) == 1
        assert later_vastgelegd([]) == {}
    assert [rij.woord for rij in verwacht.values()] == ["later hersteld", "later ingevoerd"]
    straks = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)
    with terug(peildatum=DAG(2025, 1, 1), gezien_op=straks):
        with CaptureQueriesContext(connection) as vragen:
            assert later_vastgelegd(sleutels) == verwacht
        assert len(vragen) == 4
        assert Maatregel.objects.count() == 3
    # What was known then knows nothing of later.
    with terug(peildatum=DAG(2025, 1, 1), gezien_op=om(DAG(2024, 12, 31))):
        assert later_vastgelegd(sleutels) == {}
        assert set(Maatregel.objects.values_list("code", flat=True)) == {"oud", "her"}
    with terug(peildatum=DAG(2024, 11, 1)):
        assert set(later_vastgelegd(sleutels)) == {nieuw.pk}
    # A termijn that was moved and a measure that was taken on, both recorded later.
    Mijlpaal.objects.filter(pk=mijlpaal.pk).update(termijn_tekst="voor 1 maart 2025")
    BetrokkenheidFactory(maatregel=hersteld, organisatie=mensen.ander, herkomst="toegewezen")
    with terug(peildatum=DAG(2024, 11, 1)):
        assert later_vastgelegd([hersteld.pk]) == {
            hersteld.pk: Later(
                DAG(2024, 11, 1),
                (
                    Verschil("Verantwoordelijk", "OCW, SZW", "SZW"),
                    Verschil("Termijn van 'Verdeelbesluit genomen'", "voor 1 maart 2025", "voor 31 december 2024"),
                ),
            )
        }


def test_pages_say_where_the_clocks_differ(mensen: Mensen, als: Callable[[Persoon], Client]) -> None:
    oud = MaatregelFactory(code="oud", trekker=mensen.organisatie)
    nieuw = MaatregelFactory(code="nieuw", pijler=oud.pijler, trekker=mensen.organisatie)
    begin = DAG(2024, 9, 27)
    for model, sleutel in (
        (Organisatie, mensen.organisatie.pk),
        (type(oud.pijler), oud.pijler_id),
        (Agenda, oud.pijler.agenda_id),
        (Maatregel, oud.pk),
        (Statuswijziging, oud.statuswijzigingen.get().pk),
        (Betrokkenheid, oud.betrokkenheden.get().pk),
    ):
        verplaats_historie(model, sleutel, [begin])
    client = als(mensen.partner)
    lijst = client.get("/maatregelen/?peildatum=2025-01-01").content.decode()
    assert lijst.count("later ingevoerd") == 1
    assert "Alles op deze pagina" not in lijst
    assert client.get("/maatregelen/").content.decode().count("later ingevoerd") == 0
    assert "Alles op deze pagina is hier pas daarna ingevoerd." in tekst(
        client.get("/maatregelen/nieuw/?peildatum=2025-01-01")
    )
    wijzig_status(oud, "in_uitvoering", door=mensen.eigen, toelichting="x", per=DAG(2024, 12, 1))
    pagina = tekst(client.get("/maatregelen/oud/?peildatum=2025-01-01"))
    assert (
        "Later hersteld. Op 1 januari 2025 stond hier iets anders: Status: aangekondigd; nu bekend: in uitvoering"
        in pagina
    )
    assert ", later ingevoerd: op " in pagina
    agenda = tekst(client.get(f"/agendas/{oud.pijler.agenda.slug}/?peildatum=2025-01-01"))
    assert (agenda.count("later ingevoerd"), agenda.count("later hersteld")) == (1, 1)
    assert nieuw.code in agenda
