"""Organisations, people and roles: what the beheerder keeps up, and what must never happen."""

import datetime
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client

from maatregelen.beheer import (
    beeindig_rol,
    geef_rol,
    geef_tijdelijk_wachtwoord,
    maak_organisatie,
    maak_persoon,
    wijzig_organisatie,
    wijzig_persoon,
)
from maatregelen.models import Lidmaatschap, Organisatie, Persoon
from maatregelen.versiebewaking import Verouderd
from tests.conftest import Mensen
from tests.factories import LidmaatschapFactory, OrganisatieFactory
from tests.maatregelen.test_dossiervoering import fouten, historie, tegelijk

echte_transacties = pytest.mark.django_db(transaction=True, available_apps=list(settings.INSTALLED_APPS))
MOMENT = datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.UTC)
DAG = datetime.date(2026, 3, 2)


def velden(**anders: Any) -> dict[str, Any]:
    """What a form says of an organisation."""
    return {
        "slug": "min-x", "naam": "Ministerie van X", "afkorting": "X", "soort": "ministerie", "tooi_id": "",
        "geldig_van": None, "geldig_tot": None, "opvolger": None, "toelichting": "", **anders,
    }  # fmt: skip


def test_names_addresses_and_keys_are_of_one_organisation(mensen: Mensen) -> None:
    nieuw = maak_organisatie(velden(tooi_id="ministerie/mnre1"), moment=MOMENT)
    assert (nieuw.slug, nieuw.versie, nieuw.aangemaakt_op) == ("min-x", 1, MOMENT)
    assert set(fouten(lambda: maak_organisatie(velden(tooi_id="ministerie/mnre1")))) == {"naam", "slug", "tooi_id"}
    anders = velden(naam=mensen.ander.naam)
    del anders["slug"]
    assert list(fouten(lambda: wijzig_organisatie(nieuw, anders, versie=1))) == ["naam"]
    zelfde = velden(tooi_id="ministerie/mnre1")
    del zelfde["slug"]
    assert wijzig_organisatie(nieuw, zelfde, versie=1) == []
    assert (Organisatie.objects.get(pk=nieuw.pk).versie, historie(nieuw)) == (1, 1)
    with pytest.raises(Verouderd):
        wijzig_organisatie(nieuw, {**zelfde, "toelichting": "x"}, versie=2)


def test_successors_do_not_run_in_a_circle(mensen: Mensen) -> None:
    een, twee, drie = (
        maak_organisatie(velden(slug=f"o-{n}", naam=f"Organisatie nummer {n}", geldig_tot=DAG)) for n in range(3)
    )

    def opvolging(van: Organisatie, naar: Organisatie) -> dict[str, Any]:
        uit = velden(naam=van.naam, geldig_tot=DAG, opvolger=naar)
        del uit["slug"]
        return uit

    wijzig_organisatie(een, opvolging(een, twee), versie=1)
    wijzig_organisatie(twee, opvolging(twee, drie), versie=1)
    for naar in (een, twee, drie):
        assert list(fouten(lambda n=naar: wijzig_organisatie(drie, opvolging(drie, n), versie=1))) == ["opvolger"]
    assert Organisatie.objects.get(pk=drie.pk).opvolger is None


def test_a_person_comes_in_by_a_temporary_password_only(mensen: Mensen) -> None:
    persoon = maak_persoon(email=" Nieuw@Voorbeeld.NL ", functie="Nieuwe collega")
    assert (persoon.email, persoon.has_usable_password(), persoon.is_active) == ("nieuw@voorbeeld.nl", False, True)
    assert fouten(lambda: maak_persoon(email="NIEUW@voorbeeld.nl", functie="x")) == {
        "email": ["Er is al iemand met dit e-mailadres."]
    }
    eerste = geef_tijdelijk_wachtwoord(persoon)
    tweede = geef_tijdelijk_wachtwoord(persoon)
    persoon.refresh_from_db()
    assert (len(eerste), eerste == tweede, persoon.check_password(eerste), persoon.check_password(tweede)) == (
        23, False, False, True,
    )  # fmt: skip
    antwoord = Client().post("/inloggen/", {"login": "nieuw@voorbeeld.nl", "password": tweede})
    assert antwoord.status_code == 302


def test_a_temporary_password_ends_what_was_open(mensen: Mensen, als: Any) -> None:
    client = als(mensen.eigen)
    assert client.get("/mijn/").status_code == 200
    geef_tijdelijk_wachtwoord(mensen.eigen)
    assert client.get("/mijn/").status_code == 302


def gezien(persoon: Persoon) -> dict[str, Any]:
    """What the beheerder has before them."""
    return {"email": persoon.email, "functie": persoon.functie, "is_active": persoon.is_active}


def test_a_person_changes_and_an_old_address_lets_nobody_in(mensen: Mensen) -> None:
    persoon = mensen.eigen
    EmailAddress.objects.create(user=persoon, email=persoon.email, primary=True, verified=True)
    assert wijzig_persoon(persoon, **gezien(persoon), gezien=gezien(persoon)) == []
    assert historie(persoon) == 1
    anders = wijzig_persoon(
        persoon, email="Ander@voorbeeld.nl", functie=persoon.functie, is_active=True, gezien=gezien(persoon)
    )
    wachtwoord = geef_tijdelijk_wachtwoord(persoon)
    assert (anders, Persoon.objects.get(pk=persoon.pk).email) == (["email"], "ander@voorbeeld.nl")
    for adres, code in (("eigen@voorbeeld.nl", 200), ("ander@voorbeeld.nl", 302)):
        antwoord = Client().post("/inloggen/", {"login": adres, "password": wachtwoord})
        assert (adres, antwoord.status_code) == (adres, code)
    with pytest.raises(Verouderd):
        wijzig_persoon(persoon, email="x@voorbeeld.nl", functie="x", is_active=True, gezien=gezien(persoon))
    vers = Persoon.objects.get(pk=persoon.pk)
    assert list(
        fouten(
            lambda: wijzig_persoon(vers, email=mensen.vreemd.email, functie="x", is_active=True, gezien=gezien(vers))
        )
    ) == ["email"]


def test_who_is_not_active_is_out_at_once(mensen: Mensen, als: Any) -> None:
    client = als(mensen.eigen)
    wijzig_persoon(
        mensen.eigen, email=mensen.eigen.email, functie="Eigen", is_active=False, gezien=gezien(mensen.eigen)
    )
    assert client.get("/mijn/").status_code == 302


def test_there_is_always_a_beheerder(mensen: Mensen) -> None:
    rol = mensen.beheerder.lidmaatschappen.get()
    uit = {"email": mensen.beheerder.email, "functie": mensen.beheerder.functie, "is_active": False}
    assert list(fouten(lambda: wijzig_persoon(mensen.beheerder, **uit, gezien=gezien(mensen.beheerder)))) == [
        "is_active"
    ]
    assert "laatste beheerder" in fouten(lambda: beeindig_rol(rol, per=DAG))[""][0]
    LidmaatschapFactory(persoon=mensen.collega, organisatie=rol.organisatie, rol="beheerder")
    beeindig_rol(rol, per=datetime.date(2026, 4, 1))
    assert Lidmaatschap.objects.get(pk=rol.pk).tot == datetime.date(2026, 4, 1)
    assert fouten(lambda: beeindig_rol(rol, per=DAG)) == {"": ["Deze rol was al beëindigd per 01-04-2026."]}


def test_a_role_begins_and_ends_on_a_day(mensen: Mensen) -> None:
    rol = geef_rol(mensen.rolloos, mensen.organisatie, "lezer", vanaf=DAG, moment=MOMENT)
    assert (rol.vanaf, rol.tot) == (DAG, None)
    assert list(fouten(lambda: geef_rol(mensen.rolloos, mensen.organisatie, "lezer", vanaf=DAG, moment=MOMENT))) == [
        "rol"
    ]
    assert fouten(lambda: beeindig_rol(rol, per=datetime.date(2026, 3, 1))) == {
        "tot": ["De rol begon pas op 02-03-2026."]
    }
    beeindig_rol(rol, per=datetime.date(2026, 4, 1))
    assert list(
        fouten(
            lambda: geef_rol(
                mensen.rolloos, mensen.organisatie, "lezer", vanaf=datetime.date(2026, 3, 31), moment=MOMENT
            )
        )
    ) == ["vanaf"]
    geef_rol(mensen.rolloos, mensen.organisatie, "lezer", vanaf=datetime.date(2026, 4, 1), moment=MOMENT)
    assert mensen.rolloos.lidmaatschappen.count() == 2


def test_nobody_works_for_a_word_or_for_what_has_ended(mensen: Mensen) -> None:
    jenv = OrganisatieFactory(afkorting="JenV")
    aenm = OrganisatieFactory(afkorting="AenM", geldig_tot=datetime.date(2026, 2, 23), opvolger=jenv)
    rijk = OrganisatieFactory(afkorting="Rijk", soort="aanduiding")
    for organisatie, zin in ((aenm, "Kies JenV."), (rijk, "algemene aanduiding")):
        for vanaf in (DAG, datetime.date(2025, 1, 1)):
            (gezegd,) = fouten(
                lambda o=organisatie, v=vanaf: geef_rol(mensen.rolloos, o, "dossierhouder", vanaf=v, moment=MOMENT)
            )["organisatie"]
            assert zin in gezegd
    assert not mensen.rolloos.lidmaatschappen.exists()


@echte_transacties
def test_the_last_two_beheerders_do_not_leave_together(mensen: Mensen) -> None:
    twee = LidmaatschapFactory(persoon=mensen.collega, organisatie=mensen.organisatie, rol="beheerder")
    een = mensen.beheerder.lidmaatschappen.get()
    uit = tegelijk(lambda: beeindig_rol(een, per=DAG), lambda: beeindig_rol(twee, per=DAG))
    assert sorted(antwoord is None for antwoord in uit) == [False, True]
    assert Lidmaatschap.objects.filter(rol="beheerder", tot=None).count() == 1


@echte_transacties
def test_two_beheerders_make_the_same_thing_once(mensen: Mensen) -> None:
    for daad in (
        lambda: maak_organisatie(velden()),
        lambda: maak_persoon(email="dubbel@voorbeeld.nl", functie="x"),
        lambda: geef_rol(mensen.rolloos, mensen.organisatie, "lezer", vanaf=DAG),
    ):
        uit = tegelijk(daad, daad)
        assert sorted(type(antwoord).__name__ == "ValidationError" for antwoord in uit) == [False, True], uit
