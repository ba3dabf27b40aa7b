"""Links in mails and passwords: asked for, invited, used once, expired, taken back; a password of one's own first."""

import datetime
import email
import email.policy
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import time_machine
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client

from logboek.models import Logregel
from maatregelen.beheer import geef_tijdelijk_wachtwoord
from maatregelen.models import Persoon
from tests.conftest import Mensen
from tests.paginatekst import tekst
from toegang.links import kies_wachtwoord, nodig_uit, verstuur, vraag_herstel, zoek
from toegang.models import Toegangslink

Als = Callable[[Persoon], Client]
Mailmap = Callable[[], list[Path]]
pytestmark = pytest.mark.django_db
OUD, NIEUW = "een lang wachtwoord", "een ander en langer wachtwoord"
BEGIN = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
UUR, DAG, TEL = datetime.timedelta(hours=1), datetime.timedelta(days=1), datetime.timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _vers(settings: pytest.FixtureRequest) -> Iterator[None]:
    settings.EMAIL_BACKEND = "migratie.post.BestandenBackend"  # type: ignore[attr-defined]
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def mens(mensen: Mensen) -> Persoon:
    mensen.eigen.set_password(OUD)
    mensen.eigen.save()
    return mensen.eigen


def mail(map_: Mailmap) -> tuple[str, str, str]:
    """The address, the subject and the text of the last mail."""
    brieven = [
        email.message_from_bytes(pad.read_bytes(), policy=email.policy.default)
        for pad in sorted(map_(), key=lambda pad: pad.stat().st_mtime_ns)
    ]
    inhoud = brieven[-1].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    return str(brieven[-1]["To"]), str(brieven[-1]["Subject"]), inhoud.replace("\r\n", "\n")


def geheim(map_: Mailmap) -> str:
    gevonden = re.search(r"^http://127\.0\.0\.1:\d+/wachtwoord-kiezen/([\w-]{43})/$", mail(map_)[2], re.M)
    assert gevonden is not None
    return gevonden.group(1)


def log_in(client: Client, mens: Persoon, wachtwoord: str = OUD) -> bool:
    client.post("/inloggen/", {"login": mens.email, "password": wachtwoord})
    return client.get("/mijn/").status_code == 200


def kies(client: Client, sleutel: str, wachtwoord: str = NIEUW):  # type: ignore[no-untyped-def]
    client.get(f"/wachtwoord-kiezen/{sleutel}/")
    return client.post("/wachtwoord-kiezen/", {"new_password1": wachtwoord, "new_password2": wachtwoord})


def test_a_new_password_by_mail_from_asking_to_signing_in(mens: Persoon, mailmap: Mailmap) -> None:
    elders = Client()
    assert log_in(elders, mens)
    gast = Client()
    assert "Kijk in uw mail" in tekst(gast.post("/wachtwoord-vergeten/", {"adres": mens.email.upper()}))
    assert verstuur(datetime.datetime.now(datetime.UTC)) == 1
    aan, onderwerp, _ = mail(mailmap)
    assert (aan, onderwerp) == (mens.email, "Nieuw wachtwoord voor Regiemonitor")
    sleutel = geheim(mailmap)
    doorgestuurd = gast.get(f"/wachtwoord-kiezen/{sleutel}/")
    assert doorgestuurd["Location"] == "/wachtwoord-kiezen/"  # the secret stands in no page people stay on
    assert sleutel not in gast.get("/wachtwoord-kiezen/").content.decode()
    assert kies(gast, sleutel)["Location"] == "/inloggen/"
    assert elders.get("/mijn/").status_code == 302  # sessions with the old password have ended
    assert gast.get("/mijn/").status_code == 302  # and nobody is signed in by a mail alone
    assert not log_in(Client(), mens, OUD)
    assert log_in(Client(), mens, NIEUW)
    assert kies(Client(), sleutel, "nog een heel ander wachtwoord").status_code == 410  # once
    assert [regel.actie for regel in Logregel.objects.order_by("pk") if "wachtwoord" in regel.actie] == [
        "wachtwoord_vragen", "wachtwoord_herstellen",
    ]  # fmt: skip
    alles = " ".join(str(rij) for rij in (*Logregel.objects.values_list(), *Toegangslink.objects.values_list()))
    assert sleutel not in alles


def test_asking_reads_and_works_the_same_for_everybody(mensen: Mensen, mailmap: Mailmap) -> None:
    """Known, unknown, inactive, a program: same page, same queries, and only the first gets mail."""
    Persoon.objects.create_user("uit@voorbeeld.nl", OUD, functie="Uit", is_active=False)
    Persoon.objects.create_user("prog@voorbeeld.nl", None, functie="Programma", is_programma=True)
    antwoorden = []
    for adres in (mensen.eigen.email, "niemand@voorbeeld.nl", "uit@voorbeeld.nl", "prog@voorbeeld.nl"):
        antwoord = Client().post("/wachtwoord-vergeten/", {"adres": adres})
        antwoorden.append((antwoord.status_code, tekst(antwoord).replace(adres, "")))
    assert antwoorden[1:] == antwoorden[:1] * 3
    assert verstuur(datetime.datetime.now(datetime.UTC)) == 1
    assert mail(mailmap)[0] == mensen.eigen.email
    assert Toegangslink.objects.count() == 1  # of an unknown address nothing is kept


def test_a_link_opens_until_its_moment(mens: Persoon, mailmap: Mailmap) -> None:
    vraag_herstel(mens.email, moment=BEGIN)
    verstuur(BEGIN)
    sleutel = geheim(mailmap)
    assert zoek(sleutel, moment=BEGIN + UUR - TEL) is not None
    assert zoek(sleutel, moment=BEGIN + UUR) is None
    with pytest.raises(ValidationError):
        kies_wachtwoord(sleutel, NIEUW, moment=BEGIN + UUR)
    assert "tot 23 november 2026, 11.00 uur" in mail(mailmap)[2]  # in the time of people here


def test_a_second_request_closes_the_first_link(mens: Persoon, mailmap: Mailmap) -> None:
    vraag_herstel(mens.email, moment=BEGIN)
    verstuur(BEGIN)
    eerste = geheim(mailmap)
    vraag_herstel(mens.email, moment=BEGIN + TEL)
    verstuur(BEGIN + TEL)
    assert zoek(eerste, moment=BEGIN + TEL) is None
    assert zoek(geheim(mailmap), moment=BEGIN + TEL) is not None


def test_requests_are_limited_without_telling_who_is_known(mens: Persoon) -> None:
    for adres in (mens.email, "niemand@voorbeeld.nl"):
        codes = [Client().post("/wachtwoord-vergeten/", {"adres": adres}).status_code for _ in range(6)]
        assert codes == [200] * 5 + [429]


def test_a_weak_password_is_refused_and_the_link_stays(mens: Persoon, mailmap: Mailmap) -> None:
    vraag_herstel(mens.email, moment=datetime.datetime.now(datetime.UTC))
    verstuur(datetime.datetime.now(datetime.UTC))
    gast, sleutel = Client(), geheim(mailmap)
    assert kies(gast, sleutel, "kort").status_code == 422
    assert kies(gast, sleutel).status_code == 302


def test_an_invitation_tells_the_roles_and_opens_for_a_week(mensen: Mensen, mailmap: Mailmap) -> None:
    nieuw = Persoon.objects.create_user("nieuw@voorbeeld.nl", None, functie="Nieuwe collega")
    nieuw.lidmaatschappen.create(organisatie=mensen.organisatie, rol="lezer", vanaf=datetime.date(2026, 11, 1))
    nodig_uit(nieuw, door=mensen.beheerder, moment=BEGIN)
    verstuur(BEGIN)
    aan, onderwerp, inhoud = mail(mailmap)
    assert (aan, onderwerp) == ("nieuw@voorbeeld.nl", "Uitnodiging voor Regiemonitor")
    assert "- lezer bij SZW, vanaf 1 november 2026" in inhoud
    assert "door Beheerder" in inhoud
    sleutel = geheim(mailmap)
    assert zoek(sleutel, moment=BEGIN + 7 * DAG - TEL) is not None
    assert zoek(sleutel, moment=BEGIN + 7 * DAG) is None
    kies_wachtwoord(sleutel, NIEUW, moment=BEGIN + DAG)
    assert log_in(Client(), nieuw, NIEUW) is True
    with pytest.raises(ValidationError, match="al een wachtwoord"):
        nodig_uit(Persoon.objects.get(pk=nieuw.pk), door=mensen.beheerder, moment=BEGIN + DAG)


def test_an_invitation_is_taken_back_on_the_page(mensen: Mensen, als: Als, mailmap: Mailmap) -> None:
    nieuw = Persoon.objects.create_user("nieuw@voorbeeld.nl", None, functie="Nieuwe collega")
    baas, pad = als(mensen.beheerder), f"/personen/{nieuw.pk}/toegang/"
    for wie in (mensen.eigen, mensen.secretariaat, mensen.partner):
        assert als(wie).get(pad).status_code == 403
        assert als(wie).post(pad, {"daad": "nodig_uit"}).status_code == 403
    baas.post(pad, {"daad": "nodig_uit"})
    verstuur(datetime.datetime.now(datetime.UTC))
    sleutel = geheim(mailmap)
    assert "verstuurd" in tekst(baas.get(pad))
    baas.post(pad, {"daad": "trek_in"})
    assert "ingetrokken" in tekst(baas.get(pad))
    assert kies(Client(), sleutel).status_code == 410
    assert "al gebruikt of ingetrokken" in tekst(baas.post(pad, {"daad": "trek_in"}, follow=True))


@pytest.mark.parametrize("velden", [{"is_programma": True}, {"is_active": False}])
def test_who_never_signs_in_gets_no_link(mensen: Mensen, mailmap: Mailmap, velden: dict[str, bool]) -> None:
    iemand = Persoon.objects.create_user("x@voorbeeld.nl", None, functie="X", **velden)
    with pytest.raises(ValidationError):
        nodig_uit(iemand, door=mensen.beheerder, moment=BEGIN)
    vraag_herstel(iemand.email, moment=BEGIN)
    assert (verstuur(BEGIN), mailmap()) == (0, [])


def test_who_became_inactive_cannot_use_a_link_any_more(mens: Persoon, mailmap: Mailmap) -> None:
    vraag_herstel(mens.email, moment=BEGIN)
    verstuur(BEGIN)
    mens.is_active = False
    mens.save()
    assert zoek(geheim(mailmap), moment=BEGIN) is None


def test_a_mail_server_that_is_away_loses_no_request(
    mens: Persoon, mailmap: Mailmap, settings: pytest.FixtureRequest
) -> None:
    vraag_herstel(mens.email, moment=BEGIN)
    eigen = settings.EMAIL_BACKEND  # type: ignore[attr-defined]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # type: ignore[attr-defined]
    assert verstuur(BEGIN) == 0
    settings.EMAIL_BACKEND = eigen  # type: ignore[attr-defined]
    assert verstuur(BEGIN + TEL) == 1
    vraag_herstel(mens.email, moment=BEGIN)
    assert verstuur(BEGIN + DAG) == 0  # a day later nobody waits for it any more


def test_a_password_of_somebody_else_is_replaced_first(mens: Persoon) -> None:
    tijdelijk = geef_tijdelijk_wachtwoord(mens)
    client = Client()
    client.post("/inloggen/", {"login": mens.email, "password": tijdelijk})
    for pad in ("/", "/agendas/", "/mijn/", "/mijn/tweede-stap/", "/mijn/sessies/"):
        assert client.get(pad)["Location"] == "/mijn/wachtwoord/"
    assert client.get("/api/v1/maatregelen").status_code == 403
    assert client.post("/mijn/sessies/", {"overal": "ja"})["Location"] == "/mijn/wachtwoord/"
    assert "Kies eerst een eigen wachtwoord" in tekst(client.get("/mijn/wachtwoord/"))
    velden = {"old_password": tijdelijk, "new_password1": tijdelijk, "new_password2": tijdelijk}
    assert "Kies een ander" in tekst(client.post("/mijn/wachtwoord/", velden))
    velden |= {"new_password1": NIEUW, "new_password2": NIEUW}
    assert client.post("/mijn/wachtwoord/", velden).status_code == 302
    assert client.get("/mijn/").status_code == 200
    mens.refresh_from_db()
    assert mens.moet_wachtwoord_wijzigen is False


def test_changing_the_password_ends_the_other_sessions_only(mens: Persoon) -> None:
    hier, daar = Client(), Client()
    assert log_in(hier, mens)
    assert log_in(daar, mens)
    velden = {"old_password": OUD, "new_password1": NIEUW, "new_password2": NIEUW}
    assert hier.post("/mijn/wachtwoord/", velden).status_code == 302
    assert (hier.get("/mijn/").status_code, daar.get("/mijn/").status_code) == (200, 302)
    assert tekst(hier.get("/mijn/sessies/")).count("laatst gezien op") == 1


def test_the_form_for_a_password_asks_for_the_present_one(mens: Persoon, als: Als) -> None:
    velden = {"old_password": "verkeerd", "new_password1": NIEUW, "new_password2": NIEUW}
    assert als(mens).post("/mijn/wachtwoord/", velden).status_code == 422
    with time_machine.travel(BEGIN, tick=False):
        assert not log_in(Client(), mens, NIEUW)
