"""Secret addresses: made, found, revoked, noted; whose measures they hold."""

import datetime
import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from maatregelen.abonnementen import HOOGSTENS, gebruikt, maak_abonnement, maatregelen_van, trek_in, vernieuw, zoek
from maatregelen.models import (
    Abonnement,
    Lidmaatschap,
    Organisatie,
    Persoon,
    Thema,
    Themaplaats,
    Volger,
    Volgfilter,
)
from maatregelen.zichtbaarheid import Bevoegdheid
from tests.conftest import Mensen
from tests.factories import AgendaFactory, BetrokkenheidFactory, MaatregelFactory, OrganisatieFactory, PijlerFactory

echte_transacties = pytest.mark.django_db(transaction=True, available_apps=list(settings.INSTALLED_APPS))
DAG = datetime.date(2026, 3, 2)
MOMENT = datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.UTC)
UUR = datetime.timedelta(hours=1)


def codes(persoon: Persoon, inhoud: str = "persoonlijk", **waarvan: object) -> set[str]:
    """The measures that an address of this person would hold."""
    abonnement = Abonnement(persoon=persoon, inhoud=inhoud, **waarvan)
    return set(maatregelen_van(abonnement, Bevoegdheid(persoon, DAG)).values_list("code", flat=True))


def geschiedenis(abonnement: Abonnement) -> list[str]:
    historie = Abonnement.pgh_event_model.objects  # type: ignore[attr-defined]
    return list(historie.filter(pgh_obj=abonnement.pk).order_by("pgh_id").values_list("pgh_label", flat=True))


def test_the_secret_is_long_and_only_its_hash_is_kept(mensen: Mensen) -> None:
    abonnement, geheim = maak_abonnement(mensen.eigen, "persoonlijk", moment=MOMENT)
    tweede = maak_abonnement(mensen.eigen, "persoonlijk")[1]
    assert (len(geheim), geheim == tweede) == (43, False)
    rij = Abonnement.objects.filter(pk=abonnement.pk).values().get()
    assert rij["sleutel"] == hashlib.sha256(geheim.encode()).hexdigest()
    assert (rij["gemaakt_op"], rij["laatst_gebruikt_op"], rij["ingetrokken_op"]) == (MOMENT, None, None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM maatregelen_abonnementevent e WHERE e::text LIKE %s", [f"%{geheim}%"])
        assert cursor.fetchone() == (0,)


def test_an_address_is_found_by_its_secret_and_by_nothing_else(mensen: Mensen) -> None:
    abonnement, geheim = maak_abonnement(mensen.eigen, "persoonlijk")
    assert zoek(geheim, vandaag=DAG) == abonnement
    for fout in ("", geheim[:-1], geheim + "x", geheim.swapcase(), abonnement.sleutel, "é\x00\udce9", "x" * 100_000):
        assert zoek(fout, vandaag=DAG) is None, fout[:50]


def test_every_refusal_is_one_and_the_same_question(mensen: Mensen) -> None:
    weg = maak_abonnement(mensen.eigen, "persoonlijk")
    trek_in(weg[0])
    zonder_rol = maak_abonnement(mensen.rolloos, "persoonlijk")
    weg_persoon = maak_abonnement(mensen.vreemd, "persoonlijk")
    Persoon.objects.filter(pk=mensen.vreemd.pk).update(is_active=False)
    goed = maak_abonnement(mensen.collega, "persoonlijk")
    vragen = []
    for geheim in (weg[1], zonder_rol[1], weg_persoon[1], "onbekend", goed[1]):
        with CaptureQueriesContext(connection) as gevangen:
            uitkomst = zoek(geheim, vandaag=DAG)
        vragen.append((uitkomst, [vraag["sql"].split("WHERE")[0] for vraag in gevangen]))
    assert [uitkomst for uitkomst, _ in vragen] == [None, None, None, None, goed[0]]
    assert {tuple(vraag) for _, vraag in vragen} == {tuple(vragen[0][1])}
    assert len(vragen[0][1]) == 1


def test_a_role_that_ended_closes_the_address_and_a_new_one_opens_it(mensen: Mensen) -> None:
    _, geheim = maak_abonnement(mensen.eigen, "persoonlijk")
    Lidmaatschap.objects.filter(persoon=mensen.eigen).update(tot=DAG)
    assert zoek(geheim, vandaag=DAG - datetime.timedelta(days=1)) is not None
    assert zoek(geheim, vandaag=DAG) is None


def test_revoked_is_revoked_once_and_leaves_history(mensen: Mensen) -> None:
    abonnement, geheim = maak_abonnement(mensen.eigen, "persoonlijk", moment=MOMENT)
    assert trek_in(abonnement, moment=MOMENT + UUR) is True
    assert trek_in(abonnement, moment=MOMENT + 2 * UUR) is False
    assert zoek(geheim, vandaag=DAG) is None
    assert Abonnement.objects.get(pk=abonnement.pk).ingetrokken_op == MOMENT + UUR
    assert geschiedenis(abonnement) == ["insert", "update"]


def test_another_address_for_the_same_ends_the_first(mensen: Mensen) -> None:
    agenda = AgendaFactory()
    oud, oud_geheim = maak_abonnement(mensen.eigen, "agenda", agenda=agenda)
    nieuw, geheim = vernieuw(oud, moment=MOMENT)
    assert (zoek(oud_geheim, vandaag=DAG), zoek(geheim, vandaag=DAG)) == (None, nieuw)
    assert (nieuw.persoon, nieuw.inhoud, nieuw.agenda, nieuw.organisatie) == (mensen.eigen, "agenda", agenda, None)
    with pytest.raises(ValidationError, match="al ingetrokken"):
        vernieuw(oud)


def test_an_address_is_of_one_thing(mensen: Mensen) -> None:
    for waarvan in ({"inhoud": "agenda"}, {"inhoud": "persoonlijk", "organisatie": mensen.organisatie}):
        with pytest.raises(IntegrityError), transaction.atomic():
            maak_abonnement(mensen.eigen, **waarvan)  # type: ignore[arg-type]


def test_who_is_not_active_gets_none(mensen: Mensen) -> None:
    mensen.eigen.is_active = False
    with pytest.raises(ValueError, match="niet actief"):
        maak_abonnement(mensen.eigen, "persoonlijk")


def test_a_person_has_twenty_open_ones_at_most(mensen: Mensen) -> None:
    eerste, *_ = [maak_abonnement(mensen.eigen, "persoonlijk")[0] for _ in range(HOOGSTENS)]
    with pytest.raises(ValidationError, match="U hebt al 20 adressen"):
        maak_abonnement(mensen.eigen, "persoonlijk")
    maak_abonnement(mensen.collega, "persoonlijk")
    vernieuw(eerste)
    assert Abonnement.objects.geldig().filter(persoon=mensen.eigen).count() == HOOGSTENS


@echte_transacties
def test_two_windows_do_not_pass_the_limit_together(mensen: Mensen) -> None:
    for _ in range(HOOGSTENS - 1):
        maak_abonnement(mensen.eigen, "persoonlijk")

    def maak(_: int) -> bool:
        try:
            maak_abonnement(mensen.eigen, "persoonlijk")
        except ValidationError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(6) as tegelijk:
        assert sorted(tegelijk.map(maak, range(6))) == [False] * 5 + [True]


def test_use_is_noted_to_the_hour_and_is_no_history(mensen: Mensen) -> None:
    abonnement, _ = maak_abonnement(mensen.eigen, "persoonlijk", moment=MOMENT)
    verloop = []
    for later in (0 * UUR, UUR / 2, UUR, UUR * 3 / 2, 2 * UUR):
        abonnement.refresh_from_db()
        with CaptureQueriesContext(connection) as gevangen:
            gebruikt(abonnement, moment=MOMENT + later)
        abonnement.refresh_from_db()
        verloop.append((abonnement.laatst_gebruikt_op, len(gevangen)))
    assert verloop == [
        (MOMENT, 3), (MOMENT, 0), (MOMENT + UUR, 3), (MOMENT + UUR, 0), (MOMENT + 2 * UUR, 3),
    ]  # fmt: skip
    assert geschiedenis(abonnement) == ["insert"]


def test_a_database_that_only_reads_still_lets_people_read(mensen: Mensen, caplog: pytest.LogCaptureFixture) -> None:
    abonnement, _ = maak_abonnement(mensen.eigen, "persoonlijk")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        gebruikt(abonnement)
        transaction.set_rollback(True)
    assert "gebruik van adres niet genoteerd" in caplog.text
    assert Abonnement.objects.get(pk=abonnement.pk).laatst_gebruikt_op is None


@echte_transacties
def test_two_readers_at_once_do_not_wait_for_the_note(mensen: Mensen, caplog: pytest.LogCaptureFixture) -> None:
    abonnement, _ = maak_abonnement(mensen.eigen, "persoonlijk")

    def ander() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '100ms'")
            gebruikt(abonnement, moment=MOMENT)
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor(1) as tegelijk:
        Abonnement.objects.select_for_update().get(pk=abonnement.pk)
        tegelijk.submit(ander).result()
    abonnement.refresh_from_db()
    assert (abonnement.laatst_gebruikt_op, caplog.text) == (None, "")


def test_personal_is_what_is_mine_and_what_i_follow(mensen: Mensen) -> None:
    eigen = MaatregelFactory(trekker=mensen.organisatie)
    gevolgd, andermans_gevolgd = MaatregelFactory(trekker=mensen.ander), MaatregelFactory()
    vreemd = MaatregelFactory(trekker=mensen.ander)
    BetrokkenheidFactory(maatregel=vreemd, organisatie=mensen.organisatie, rol="betrokken")
    Volger.objects.create(maatregel=gevolgd, persoon=mensen.eigen)
    Volger.objects.create(maatregel=andermans_gevolgd, persoon=mensen.collega)
    assert codes(mensen.eigen) == {eigen.code, gevolgd.code}
    assert codes(mensen.collega) == {eigen.code, andermans_gevolgd.code}
    assert codes(mensen.partner) == set()
    assert codes(mensen.rolloos) == set()


def test_all_that_a_followed_selection_names_must_hold(mensen: Mensen) -> None:
    pijler = PijlerFactory()
    thema = Thema.objects.create(slug="taal", titel="Taal")

    def maatregel(**anders: object) -> str:
        rij = MaatregelFactory(**{"pijler": pijler, "trekker": mensen.ander, "status": "in_uitvoering", **anders})
        if anders.get("thema", True):
            Themaplaats.objects.create(thema=thema, maatregel=rij)
        return str(rij.code)

    raak = maatregel()
    maatregel(pijler=PijlerFactory(agenda=pijler.agenda))
    maatregel(trekker=mensen.organisatie)
    maatregel(status="aangekondigd")
    Themaplaats.objects.filter(maatregel__code=maatregel()).delete()
    Volgfilter.objects.create(
        persoon=mensen.partner, naam="precies", agenda=pijler.agenda, pijler=pijler, organisatie=mensen.ander,
        thema=thema, status="in_uitvoering",
    )  # fmt: skip
    assert codes(mensen.partner) == {raak}
    los = MaatregelFactory(status="aangehouden").code
    Volgfilter.objects.create(persoon=mensen.partner, naam="ook", status="aangehouden")
    assert codes(mensen.partner) == {raak, los}
    assert codes(mensen.secretariaat) == set()


def test_an_organisation_has_the_open_work_of_who_it_succeeded(mensen: Mensen) -> None:
    oud: Organisatie = OrganisatieFactory(afkorting="WVC", geldig_tot=DAG, opvolger=mensen.organisatie)
    zelf, geerfd = MaatregelFactory(trekker=mensen.organisatie), MaatregelFactory(trekker=oud)
    MaatregelFactory(trekker=mensen.ander)
    werkt_mee = MaatregelFactory(trekker=mensen.ander)
    BetrokkenheidFactory(maatregel=werkt_mee, organisatie=mensen.organisatie, rol="uitvoerder")
    beeindigd = MaatregelFactory(trekker=mensen.ander)
    BetrokkenheidFactory(maatregel=beeindigd, organisatie=mensen.organisatie, tot=DAG)
    assert codes(mensen.partner, "organisatie", organisatie=mensen.organisatie) == {zelf.code, geerfd.code}
    assert codes(mensen.partner, "organisatie", organisatie=oud) == {geerfd.code}
    assert codes(mensen.rolloos, "organisatie", organisatie=oud) == set()


def test_an_agenda_is_all_of_it(mensen: Mensen) -> None:
    een = MaatregelFactory()
    twee = MaatregelFactory(pijler=PijlerFactory(agenda=een.pijler.agenda))
    MaatregelFactory()
    assert codes(mensen.partner, "agenda", agenda=een.pijler.agenda) == {een.code, twee.code}


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_number_of_questions_does_not_grow(
    mensen: Mensen, aantal: int, django_assert_num_queries: Callable[..., object]
) -> None:
    for nummer in range(aantal):
        MaatregelFactory(trekker=mensen.organisatie, status="in_uitvoering")
        Volgfilter.objects.create(persoon=mensen.eigen, naam=str(nummer), agenda=AgendaFactory())
    abonnement = maak_abonnement(mensen.eigen, "persoonlijk")[0]
    # Roles, succeeded organisations, selections, measures.
    with django_assert_num_queries(4):
        assert len(maatregelen_van(abonnement, Bevoegdheid(mensen.eigen, DAG))) == aantal
