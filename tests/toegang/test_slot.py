"""The lock on the door: five wrong tries, per name and source, until an exact moment; nothing learned from it."""

import datetime
import threading
from collections.abc import Iterator

import pytest
import time_machine
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from maatregelen.models import Persoon
from tests.conftest import Mensen
from tests.paginatekst import tekst
from toegang.slot import vrij_op

pytestmark = pytest.mark.django_db
WACHTWOORD = "een lang wachtwoord"
BEGIN = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
DUUR = datetime.timedelta(minutes=15)
TEL = datetime.timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _vers() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def mens(mensen: Mensen) -> Persoon:
    mensen.eigen.set_password(WACHTWOORD)
    mensen.eigen.save()
    return mensen.eigen


def probeer(login: str, wachtwoord: str = "verkeerd", bron: str = "192.0.2.1"):  # type: ignore[no-untyped-def]
    return Client(REMOTE_ADDR=bron).post("/inloggen/", {"login": login, "password": wachtwoord})


def test_a_lock_opens_at_its_moment_and_not_a_second_before(mens: Persoon) -> None:
    assert settings.AXES_COOLOFF_TIME == DUUR
    with time_machine.travel(BEGIN, tick=False) as klok:
        for _ in range(5):
            probeer(mens.email)
            klok.shift(60)
        laatste = BEGIN + 4 * datetime.timedelta(minutes=1)
        klok.move_to(laatste + DUUR - TEL)
        dicht = probeer(mens.email, WACHTWOORD)
        assert dicht.status_code == 200
        assert "U kunt het vanaf 10:19 uur opnieuw proberen" in tekst(dicht)
        assert vrij_op(mens.email, "192.0.2.1", timezone.now()) == laatste + DUUR
        klok.move_to(laatste + DUUR)
        assert vrij_op(mens.email, "192.0.2.1", timezone.now()) is None
        assert probeer(mens.email, WACHTWOORD)["Location"] == "/"


def test_trying_on_does_not_lengthen_the_lock(mens: Persoon) -> None:
    with time_machine.travel(BEGIN, tick=False) as klok:
        for _ in range(9):
            probeer(mens.email)
        klok.move_to(BEGIN + DUUR - TEL)
        probeer(mens.email)
        klok.move_to(BEGIN + DUUR)
        assert probeer(mens.email, WACHTWOORD).status_code == 302


def test_four_wrong_tries_do_not_lock_and_coming_in_forgets_them(mens: Persoon) -> None:
    for _ in range(2):
        for _ in range(4):
            assert "niet correct" in tekst(probeer(mens.email))
        assert probeer(mens.email, WACHTWOORD).status_code == 302


def test_the_lock_is_of_one_person_from_one_source(mens: Persoon, mensen: Mensen) -> None:
    mensen.vreemd.set_password(WACHTWOORD)
    mensen.vreemd.save()
    for _ in range(5):
        probeer(mens.email)
    assert "Te veel inlogpogingen" in tekst(probeer(mens.email, WACHTWOORD))
    assert "Te veel inlogpogingen" in tekst(probeer(f" {mens.email.upper()} ", WACHTWOORD))
    assert probeer(mens.email, WACHTWOORD, bron="192.0.2.2").status_code == 302
    assert probeer(mensen.vreemd.email, WACHTWOORD).status_code == 302


def test_another_address_of_the_same_network_is_no_other_source(mens: Persoon) -> None:
    for nummer in range(5):
        probeer(mens.email, bron=f"2001:db8:0:1::{nummer + 1}")
    assert "Te veel inlogpogingen" in tekst(probeer(mens.email, WACHTWOORD, bron="2001:db8:0:1::99"))
    assert probeer(mens.email, WACHTWOORD, bron="2001:db8:0:2::1").status_code == 302


def test_behind_a_trusted_proxy_the_visitor_is_the_source(mens: Persoon, settings: pytest.FixtureRequest) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1  # type: ignore[attr-defined]

    def via(bezoeker: str, wachtwoord: str = "verkeerd"):  # type: ignore[no-untyped-def]
        client = Client(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=f"203.0.113.9, {bezoeker}")
        return client.post("/inloggen/", {"login": mens.email, "password": wachtwoord})

    for _ in range(5):
        via("198.51.100.1")
    assert "Te veel inlogpogingen" in tekst(via("198.51.100.1", WACHTWOORD))
    assert via("198.51.100.2", WACHTWOORD).status_code == 302


def test_a_known_name_and_an_unknown_one_are_answered_alike(mens: Persoon) -> None:
    """Status, words and headers, from the first try to the lock; also for who is not active, has no password, or is
    a program.
    """
    Persoon.objects.create_user("uit@voorbeeld.nl", WACHTWOORD, functie="Uit", is_active=False)
    Persoon.objects.create_user("zonder@voorbeeld.nl", None, functie="Zonder wachtwoord")
    Persoon.objects.create_user("prog@voorbeeld.nl", None, functie="Programma", is_programma=True)
    with time_machine.travel(BEGIN, tick=False):
        rijen = []
        for bron, naam in enumerate(
            (mens.email, "niemand@voorbeeld.nl", "uit@voorbeeld.nl", "zonder@voorbeeld.nl", "prog@voorbeeld.nl")
        ):
            antwoorden = [probeer(naam, bron=f"192.0.2.{bron + 10}") for _ in range(7)]
            rijen.append([(a.status_code, tekst(a).replace(naam, ""), sorted(a.headers)) for a in antwoorden])
    assert rijen[1:] == rijen[:1] * 4
    assert [("Te veel" in woorden) for _, woorden, _ in rijen[0]] == [False] * 4 + [True] * 3


def test_a_password_is_worked_out_for_an_unknown_name_too(
    mens: Persoon, settings: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Working it out is what takes the time: as often for a name nobody has, or that has no password."""
    Persoon.objects.create_user("zonder@voorbeeld.nl", None, functie="Zonder wachtwoord")
    gedaan: list[str] = []
    echt = MD5PasswordHasher.encode

    def tel(self, password: str, salt: str) -> str:  # type: ignore[no-untyped-def]
        gedaan.append(salt)
        return echt(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", tel)
    keren = []
    for naam in (mens.email, "niemand@voorbeeld.nl", "zonder@voorbeeld.nl"):
        gedaan.clear()
        probeer(naam)
        keren.append(len(gedaan))
    assert keren == [1, 1, 1]


def test_a_program_never_comes_in_by_the_form(mensen: Mensen) -> None:
    programma = Persoon.objects.create_user("prog@voorbeeld.nl", WACHTWOORD, functie="Programma", is_programma=True)
    antwoord = probeer(programma.email, WACHTWOORD)
    assert antwoord.status_code == 200
    assert "niet correct" in tekst(antwoord)


@pytest.mark.django_db(transaction=True, available_apps=list(settings.INSTALLED_APPS))
def test_many_tries_at_once_are_five_tries() -> None:
    """They come one by one, or all would be looked at before the first was counted."""
    Persoon.objects.create_user("eigen@voorbeeld.nl", WACHTWOORD, functie="Eigen")
    cache.clear()
    uitkomsten: list[str] = []

    def een() -> None:
        try:
            uitkomsten.append(tekst(probeer("eigen@voorbeeld.nl")))
        finally:
            connection.close()

    draden = [threading.Thread(target=een) for _ in range(9)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert len(uitkomsten) == 9
    assert AccessAttempt.objects.get().failures_since_start == 5
    assert "Te veel inlogpogingen" in tekst(probeer("eigen@voorbeeld.nl", WACHTWOORD))
