"""Sessions: how long they last, seeing and ending them, and what does not open a door."""

import datetime
from collections.abc import Callable, Iterator

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from maatregelen.beheer import wijzig_persoon
from maatregelen.models import Persoon
from tests.conftest import Mensen
from tests.paginatekst import queries, tekst
from toegang.sessieopslag import einde
from toegang.sessies import apparaat, ruim_op

Als = Callable[[Persoon], Client]
pytestmark = pytest.mark.django_db
WACHTWOORD = "een lang wachtwoord"
BEGIN = datetime.datetime(2026, 11, 23, 6, 0, tzinfo=datetime.UTC)
UUR, TEL = datetime.timedelta(hours=1), datetime.timedelta(seconds=1)
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 "
    "Mobile/15E148 Safari/604.1"
)


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


def kom_binnen(mens: Persoon, user_agent: str = FIREFOX, bron: str = "192.0.2.1", **extra: object) -> Client:
    client = Client(HTTP_USER_AGENT=user_agent, REMOTE_ADDR=bron, **extra)  # type: ignore[arg-type]
    assert client.post("/inloggen/", {"login": mens.email, "password": WACHTWOORD}).status_code == 302
    return client


def binnen(client: Client) -> bool:
    return client.get("/mijn/").status_code == 200


def sleutel(client: Client) -> str:
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


def test_the_end_of_a_session_is_after_silence_or_after_the_longest_time() -> None:
    assert (settings.SESSIE_STIL, settings.SESSIE_HOOGSTENS) == (2 * UUR, 12 * UUR)
    assert einde(BEGIN, BEGIN) == BEGIN + 2 * UUR
    assert einde(BEGIN, BEGIN + 9 * UUR) == BEGIN + 11 * UUR
    assert einde(BEGIN, BEGIN + 11 * UUR) == BEGIN + 12 * UUR


def test_silence_ends_a_session_at_its_moment(mens: Persoon) -> None:
    with time_machine.travel(BEGIN, tick=False) as klok:
        client = kom_binnen(mens)
        klok.move_to(BEGIN + 2 * UUR - TEL)
        assert binnen(client)  # and this is a sign of life
        klok.move_to(BEGIN + 4 * UUR - 2 * TEL)
        assert binnen(client)
        klok.move_to(BEGIN + 6 * UUR - 2 * TEL)
        assert not binnen(client)


def test_the_longest_time_ends_a_session_that_is_in_use(mens: Persoon) -> None:
    with time_machine.travel(BEGIN, tick=False) as klok:
        client = kom_binnen(mens)
        for uur in range(1, 12):
            klok.move_to(BEGIN + uur * UUR)
            assert binnen(client)
        klok.move_to(BEGIN + 12 * UUR - TEL)
        assert binnen(client)
        klok.move_to(BEGIN + 12 * UUR)
        assert not binnen(client)


def test_asking_who_it_is_takes_no_more_queries_and_writes_once_a_minute(mens: Persoon) -> None:
    with time_machine.travel(BEGIN, tick=False) as klok:
        client = kom_binnen(mens)
        binnen(client)
        gewoon = queries(client, "/toegankelijkheid/")
        klok.shift(59)
        assert queries(client, "/toegankelijkheid/") == gewoon
        klok.shift(1)
        assert queries(client, "/toegankelijkheid/") > gewoon
        assert queries(client, "/toegankelijkheid/") == gewoon


def test_the_key_of_a_session_changes_at_sign_in(mens: Persoon) -> None:
    client = Client()
    client.post("/inloggen/", {"login": mens.email, "password": "verkeerd"})
    client.cookies[settings.SESSION_COOKIE_NAME] = "gekozendooreenander1234567890abc"
    client.post("/inloggen/", {"login": mens.email, "password": WACHTWOORD})
    eerste = sleutel(client)
    assert eerste != "gekozendooreenander1234567890abc"
    client.post("/uitloggen/")
    client.post("/inloggen/", {"login": mens.email, "password": WACHTWOORD})
    assert sleutel(client) != eerste


def test_a_session_that_was_left_ended_or_forged_opens_nothing(mens: Persoon) -> None:
    client = kom_binnen(mens)
    oud = sleutel(client)
    client.post("/uitloggen/")
    for waarde in (oud, "x" * 32, "", "../../etc/passwd", "a" * 4000, oud[:-1] + ("a" if oud[-1] != "a" else "b")):
        gast = Client()
        gast.cookies[settings.SESSION_COOKIE_NAME] = waarde
        assert gast.get("/mijn/").status_code == 302
        assert gast.get("/mijn/").status_code == 302
        assert gast.get("/api/v1/maatregelen").status_code in (401, 403)


def test_what_is_kept_of_a_session_cannot_be_made_up(mens: Persoon) -> None:
    client = kom_binnen(mens)
    rij = Session.objects.get(session_key=sleutel(client))
    Session.objects.filter(pk=rij.pk).update(session_data=rij.session_data[:-3] + "abc")
    assert not binnen(client)


def test_the_list_tells_where_one_is_signed_in_and_ends_one_or_all(mens: Persoon, mensen: Mensen) -> None:
    hier, daar = kom_binnen(mens), kom_binnen(mens, IPHONE, "198.51.100.7")
    mensen.vreemd.set_password(WACHTWOORD)
    mensen.vreemd.save()
    vreemd = kom_binnen(mensen.vreemd)
    woorden = tekst(hier.get("/mijn/sessies/"))
    assert "Firefox op Windows hier" in woorden
    assert "Safari op iPhone vanaf adres 198.51.100.7" in woorden
    assert woorden.count("laatst gezien op") == 2
    # Nobody ends a session of somebody else.
    van_een_ander = UserSession.objects.get(user=mensen.vreemd)
    hier.post("/mijn/sessies/", {"sessie": str(van_een_ander.pk)})
    assert binnen(vreemd)
    hier.post("/mijn/sessies/", {"sessie": str(UserSession.objects.get(session_key=sleutel(daar)).pk)})
    assert (binnen(hier), binnen(daar)) == (True, False)
    daar = kom_binnen(mens, IPHONE)
    assert hier.post("/mijn/sessies/", {"overal": "ja"})["Location"] == "/inloggen/"
    assert (binnen(hier), binnen(daar), binnen(vreemd)) == (False, False, True)
    for onzin in ("abc", "-1", "9" * 30, ""):
        assert vreemd.post("/mijn/sessies/", {"sessie": onzin}).status_code == 302


def test_the_beheerder_ends_all_sessions_of_somebody(mens: Persoon, mensen: Mensen, als: Als) -> None:
    client = kom_binnen(mens)
    als(mensen.secretariaat).post(f"/personen/{mens.pk}/toegang/", {"daad": "log_uit"})
    assert binnen(client)
    als(mensen.beheerder).post(f"/personen/{mens.pk}/toegang/", {"daad": "log_uit"})
    assert not binnen(client)


def test_who_is_made_inactive_is_out_at_once_and_stays_out(mens: Persoon) -> None:
    def zet(actief: bool) -> None:
        gezien = {"email": mens.email, "functie": mens.functie, "is_active": not actief}
        wijzig_persoon(mens, email=mens.email, functie=mens.functie, is_active=actief, gezien=gezien)

    kijkt, zwijgt = kom_binnen(mens), kom_binnen(mens)
    zet(False)
    assert not binnen(kijkt)
    assert ruim_op(timezone.now()) == 2
    zet(True)
    assert (binnen(kijkt), binnen(zwijgt)) == (False, False)


def test_who_comes_back_does_not_come_back_by_an_old_session(mens: Persoon) -> None:
    kijkt = kom_binnen(mens)
    Persoon.objects.filter(pk=mens.pk).update(is_active=False)
    assert not binnen(kijkt)
    Persoon.objects.filter(pk=mens.pk).update(is_active=True)
    assert not binnen(kijkt)


def test_what_has_expired_is_taken_away(mens: Persoon) -> None:
    with time_machine.travel(BEGIN, tick=False):
        kom_binnen(mens)
        ruim_op(BEGIN + 2 * UUR - TEL)
        assert (Session.objects.count(), UserSession.objects.count()) == (1, 1)
        ruim_op(BEGIN + 2 * UUR)
        assert (Session.objects.count(), UserSession.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "elders",
    [
        "//evil.example", "https:evil.example", "https:///evil.example", "\\\\evil.example", "/\\evil.example",
        "javascript:alert(1)", "java\tscript:alert(1)", "%2F%2Fevil.example", "https://evil.example", "///evil.example",
        "http://127.0.0.1@evil.example/", "data:text/html,x", "/%09/evil.example", "\x00//evil.example",
        "https://127.0.0.1.evil.example/",
    ],
)  # fmt: skip
def test_nobody_is_sent_elsewhere(mens: Persoon, elders: str) -> None:
    """By signing in, showing once more who one is, or signing out."""
    client = Client()
    antwoord = client.post("/inloggen/", {"login": mens.email, "password": WACHTWOORD, "next": elders})
    bevestigd = client.post("/bevestigen/", {"password": WACHTWOORD, "next": elders})
    uit = client.post("/uitloggen/", {"next": elders})
    for wat in (antwoord, bevestigd, uit):
        assert wat.status_code in (200, 302)
        doel = wat.get("Location", "")
        # A path of our own, of which no browser makes another site.
        assert not doel.startswith(("//", "/\\"))
        assert doel == "" or doel.startswith("/")
        assert "://" not in doel.split("?")[0]
        assert not doel.lower().startswith(("javascript", "data", "https:", "http:", "\\", "java"))


@pytest.mark.parametrize(
    ("pad", "velden"),
    [
        ("/inloggen/", {"login": "x@voorbeeld.nl", "password": "x"}),
        ("/inloggen/passkey/", {"credential": "{}"}),
        ("/wachtwoord-vergeten/", {"adres": "x@voorbeeld.nl"}),
        ("/wachtwoord-kiezen/", {}),
        ("/uitloggen/", {}),
        ("/bevestigen/", {}),
        ("/mijn/sessies/", {"overal": "ja"}),
        ("/mijn/wachtwoord/", {}),
        ("/mijn/tweede-stap/app/", {}),
        ("/mijn/rolverdeling/", {}),
        ("/beheer/rollen/", {}),
    ],
)
def test_a_form_from_elsewhere_does_nothing(mensen: Mensen, pad: str, velden: dict[str, str]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(mensen.beheerder, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post(pad, velden).status_code == 403
    assert binnen(client)


@pytest.mark.parametrize("pad", ["/inloggen/", "/wachtwoord-vergeten/", "/agendas/"])
def test_a_host_that_is_not_ours_is_refused(pad: str) -> None:
    for host in ("evil.example", "127.0.0.1.evil.example", "evil.example:80", "127.0.0.1@evil.example"):
        assert Client(HTTP_HOST=host).get(pad).status_code == 400


@pytest.mark.parametrize(
    ("user_agent", "woorden"),
    [
        (FIREFOX, "Firefox op Windows"),
        (IPHONE, "Safari op iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge op Mac"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome op Linux"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome op Android"),
        ("curl/8.5.0", "Onbekend apparaat"),
        ("", "Onbekend apparaat"),
        ("<script>alert(1)</script>", "Onbekend apparaat"),
    ],
)
def test_a_device_is_named_as_people_name_it(user_agent: str, woorden: str) -> None:
    assert apparaat(user_agent) == woorden


def test_addresses_of_the_library_that_nobody_uses_are_absent() -> None:
    for pad in (
        "/accounts/login/", "/accounts/signup/", "/signup/", "/accounts/email/", "/accounts/password/reset/",
        "/inloggen/signup/", "/accounts/2fa/", "/mijn/tweede-stap/herstelcodes/bestand/", "/accounts/confirm-email/",
    ):  # fmt: skip
        assert Client().get(pad).status_code == 404
