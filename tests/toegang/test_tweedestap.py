"""The second step: tying an app, signing in with it, recovery codes, who must have one and reaches nothing before."""

import datetime
import re
from collections.abc import Callable, Iterator

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client, override_settings

from logboek.models import Logregel
from maatregelen.models import Persoon, Rol
from tests.conftest import Mensen
from tests.paginatekst import tekst
from toegang.beleid import zet_rollen_met_tweede_stap
from toegang.models import Rolbeleid
from toegang.tweedestap import ontsleutel, versleutel

Als = Callable[[Persoon], Client]
pytestmark = pytest.mark.django_db
WACHTWOORD = "een lang wachtwoord"
BEGIN = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
STAP = datetime.timedelta(seconds=30)
PAD = "/mijn/tweede-stap/"


@pytest.fixture(autouse=True)
def _vers() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def klok() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(BEGIN, tick=False) as klok:
        yield klok


@pytest.fixture
def mens(mensen: Mensen) -> Persoon:
    mensen.eigen.set_password(WACHTWOORD)
    mensen.eigen.save()
    return mensen.eigen


def code(geheim: str, moment: datetime.datetime) -> str:
    return format_hotp_value(hotp_value(geheim, int(moment.timestamp()) // 30))


def log_in(client: Client, mens: Persoon):  # type: ignore[no-untyped-def]
    return client.post("/inloggen/", {"login": mens.email, "password": WACHTWOORD})


def bevestig(client: Client) -> None:
    assert client.post("/bevestigen/", {"password": WACHTWOORD}).status_code == 302


def koppel_app(client: Client, moment: datetime.datetime) -> str:
    """Tie an app and answer its secret; as its owner would, from the page."""
    bevestig(client)
    pagina = client.get(f"{PAD}app/").content.decode()
    gevonden = re.search(r'id="geheim">([A-Z2-7 ]+)<', pagina)
    assert gevonden is not None
    geheim = gevonden.group(1).replace(" ", "")
    antwoord = client.post(f"{PAD}app/", {"code": code(geheim, moment)})
    assert antwoord["Location"] == f"{PAD}herstelcodes/"
    return geheim


def herstelcodes(client: Client) -> list[str]:
    return re.findall(r"<li><code>(\d{8})</code>", client.get(f"{PAD}herstelcodes/").content.decode())


def test_an_app_is_tied_and_asked_for_at_the_next_sign_in(mens: Persoon, klok: time_machine.Traveller) -> None:
    client = Client()
    log_in(client, mens)
    geheim = koppel_app(client, BEGIN)
    assert len(herstelcodes(client)) == 10
    assert herstelcodes(client) == []  # shown once
    client.post("/uitloggen/")
    klok.shift(STAP)
    assert log_in(client, mens)["Location"] == "/inloggen/tweede-stap/"
    assert client.get("/mijn/").status_code == 302
    fout = client.post("/inloggen/tweede-stap/", {"code": "000000"})
    assert "Deze code klopt niet of is verlopen" in tekst(fout)
    goed = code(geheim, BEGIN + STAP)
    assert client.post("/inloggen/tweede-stap/", {"code": goed})["Location"] == "/"
    assert client.get("/mijn/").status_code == 200
    # The same code opens no second door.
    ander = Client()
    log_in(ander, mens)
    assert ander.post("/inloggen/tweede-stap/", {"code": goed}).status_code == 200
    assert ander.get("/mijn/").status_code == 302


def test_a_recovery_code_opens_once(mens: Persoon, klok: time_machine.Traveller) -> None:
    client = Client()
    log_in(client, mens)
    koppel_app(client, BEGIN)
    eerste = herstelcodes(client)[0]
    uitkomsten = []
    for _ in range(2):
        gast = Client()
        log_in(gast, mens)
        uitkomsten.append(gast.post("/inloggen/tweede-stap/", {"code": eerste}).status_code)
    assert uitkomsten == [302, 200]
    assert "U hebt er nog 9" in tekst(client.get(PAD))


def test_wrong_codes_are_counted_per_person_wherever_they_come_from(
    mens: Persoon, klok: time_machine.Traveller
) -> None:
    client = Client()
    log_in(client, mens)
    geheim = koppel_app(client, BEGIN)
    klok.shift(10 * STAP)
    for nummer in range(5):
        gast = Client(REMOTE_ADDR=f"192.0.2.{nummer}")
        log_in(gast, mens)
        assert "klopt niet" in tekst(gast.post("/inloggen/tweede-stap/", {"code": "000000"}))
    gast = Client(REMOTE_ADDR="192.0.2.99")
    log_in(gast, mens)
    nu = BEGIN + 10 * STAP
    dicht = gast.post("/inloggen/tweede-stap/", {"code": code(geheim, nu)})
    assert "Te veel verkeerde codes" in tekst(dicht)
    klok.shift(datetime.timedelta(minutes=5) - datetime.timedelta(seconds=1))
    nu += datetime.timedelta(minutes=5) - datetime.timedelta(seconds=1)
    assert gast.post("/inloggen/tweede-stap/", {"code": code(geheim, nu)}).status_code == 200
    klok.shift(1)
    nu += datetime.timedelta(seconds=1)
    assert gast.post("/inloggen/tweede-stap/", {"code": code(geheim, nu)}).status_code == 302


def test_nothing_of_the_second_step_is_kept_as_it_is(mens: Persoon, klok: time_machine.Traveller) -> None:
    client = Client()
    log_in(client, mens)
    bevestig(client)
    pagina = client.get(f"{PAD}app/").content.decode()
    geheim = re.search(r'id="geheim">([A-Z2-7 ]+)<', pagina).group(1).replace(" ", "")  # type: ignore[union-attr]
    for sessie in Session.objects.all():
        assert geheim not in str(sessie.get_decoded())
    qr = client.get(f"{PAD}app/qr.svg")
    assert (qr.status_code, qr["Content-Type"]) == (200, "image/svg+xml")
    assert "no-store" in qr["Cache-Control"]
    client.post(f"{PAD}app/", {"code": code(geheim, BEGIN)})
    app = Authenticator.objects.get(user=mens, type="totp")
    herstel = Authenticator.objects.get(user=mens, type="recovery_codes")
    assert geheim not in str(app.data)
    assert ontsleutel(app.data["secret"]) == geheim
    assert len(ontsleutel(herstel.data["seed"])) == 80
    assert client.get(f"{PAD}app/qr.svg").status_code == 404  # gone from the session once tied
    logtekst = " ".join(f"{regel.actie} {regel.details}" for regel in Logregel.objects.all())
    assert geheim not in logtekst
    assert "factor_toevoegen" in logtekst


def test_a_changed_secret_key_reads_what_the_earlier_one_kept() -> None:
    bewaard = versleutel("geheim woord")
    with override_settings(SECRET_KEY="x" * 60, SECRET_KEY_FALLBACKS=[]), pytest.raises(ValueError, match="SECRET_KEY"):
        ontsleutel(bewaard)
    from_setting = override_settings(SECRET_KEY="x" * 60)
    from_setting.enable()
    try:
        nieuw = versleutel("ander")
    finally:
        from_setting.disable()
    with override_settings(SECRET_KEY_FALLBACKS=["x" * 60]):
        assert (ontsleutel(bewaard), ontsleutel(nieuw)) == ("geheim woord", "ander")


@pytest.mark.parametrize("pad", ["app/", "app/verwijderen/", "passkeys/nieuw/", "herstelcodes/", "herstelcodes/nieuw/"])
def test_factors_are_changed_only_after_showing_once_more_who_one_is(
    mens: Persoon, klok: time_machine.Traveller, pad: str
) -> None:
    client = Client()
    log_in(client, mens)
    koppel_app(client, BEGIN)
    fris = Client()
    log_in(fris, mens)
    klok.shift(STAP)
    geheim = ontsleutel(Authenticator.objects.get(user=mens, type="totp").data["secret"])
    fris.post("/inloggen/tweede-stap/", {"code": code(geheim, BEGIN + STAP)})
    for antwoord in (fris.get(PAD + pad), *([] if pad == "herstelcodes/" else [fris.post(PAD + pad)])):
        # An app that is there already sends on to the page for taking it away, which asks too.
        assert antwoord.status_code == 302
        assert antwoord["Location"].startswith(("/bevestigen/", f"{PAD}app/verwijderen/"))
    bevestig(fris)
    assert fris.get(PAD + "herstelcodes/nieuw/").status_code == 200
    klok.shift(datetime.timedelta(minutes=10))
    assert fris.get(PAD + "herstelcodes/nieuw/").status_code == 302


@override_settings(TWEEDE_STAP_AFDWINGEN=True)
def test_without_a_second_step_there_is_one_page_and_the_way_out(mens: Persoon, klok: time_machine.Traveller) -> None:
    client = Client()
    log_in(client, mens)
    for pad in ("/", "/agendas/", "/mijn/", "/mijn/sessies/", "/maatregelen/", "/bestaat-niet/"):
        antwoord = client.get(pad)
        assert (pad, antwoord.status_code, antwoord.get("Location")) == (
            (pad, 404, None) if pad == "/bestaat-niet/" else (pad, 302, PAD)
        )
    weigering = client.get("/api/v1/maatregelen")
    assert (weigering.status_code, weigering["Content-Type"]) == (403, "application/problem+json")
    assert weigering.json()["detail"] == "Stel eerst een tweede stap in om in te loggen."
    assert "Stel eerst een tweede stap in." in tekst(client.get(PAD))
    for pad in ("/toegankelijkheid/", "/.well-known/security.txt", "/health/ready", "/uitloggen/", "/bevestigen/"):
        assert client.get(pad).status_code in (200, 503)
    koppel_app(client, BEGIN)
    assert client.get("/mijn/").status_code == 200


@override_settings(TWEEDE_STAP_AFDWINGEN=True)
def test_a_role_can_be_let_go_and_the_strictest_of_several_holds(mens: Persoon, mensen: Mensen, als: Als) -> None:
    def binnen() -> bool:
        return als(mens).get("/mijn/").status_code == 200

    assert not binnen()
    rest = [rol for rol in Rol if rol != Rol.DOSSIERHOUDER]
    assert zet_rollen_met_tweede_stap(rest, door=mensen.beheerder, moment=BEGIN) == [Rol.DOSSIERHOUDER]
    assert zet_rollen_met_tweede_stap(rest, door=mensen.beheerder, moment=BEGIN) == []
    assert binnen()
    mens.lidmaatschappen.create(organisatie=mensen.ander, rol="lezer", vanaf=datetime.date(2020, 1, 1))
    assert not binnen()
    mens.lidmaatschappen.filter(rol="lezer").update(tot=datetime.date(2020, 2, 1))
    assert binnen()


@override_settings(TWEEDE_STAP_AFDWINGEN=True)
def test_the_last_second_step_stays_while_a_role_asks_for_it(mens: Persoon, klok: time_machine.Traveller) -> None:
    client = Client()
    log_in(client, mens)
    koppel_app(client, BEGIN)
    antwoord = client.post(f"{PAD}app/verwijderen/")
    assert "Uw rol vraagt een tweede stap" in tekst(antwoord)
    assert Authenticator.objects.filter(user=mens, type="totp").exists()
    Rolbeleid.objects.create(rol="dossierhouder", tweede_factor_verplicht=False)
    assert client.post(f"{PAD}app/verwijderen/").status_code == 302
    assert not Authenticator.objects.filter(user=mens).exists()  # recovery codes go with it


def test_a_new_second_step_ends_sessions_that_began_without_it(mens: Persoon, klok: time_machine.Traveller) -> None:
    hier, daar = Client(), Client()
    log_in(daar, mens)
    log_in(hier, mens)
    assert daar.get("/mijn/").status_code == 200
    koppel_app(hier, BEGIN)
    assert daar.get("/mijn/").status_code == 302
    assert hier.get("/mijn/").status_code == 200


def test_only_the_beheerder_says_what_roles_ask(mensen: Mensen, als: Als) -> None:
    for wie in (mensen.eigen, mensen.secretariaat, mensen.partner):
        assert als(wie).get("/beheer/rollen/").status_code == 403
        assert als(wie).post("/beheer/rollen/", {"rollen": "beheerder"}).status_code == 403
    baas = als(mensen.beheerder)
    assert baas.get("/beheer/rollen/").status_code == 200
    rest = [rol for rol in Rol.values if rol != "lezer"]
    antwoord = baas.post("/beheer/rollen/", {"rollen": rest}, follow=True)
    assert "Opgeslagen. Anders dan eerst: lezer." in tekst(antwoord)
    assert list(Rolbeleid.objects.values_list("rol", "tweede_factor_verplicht")) == [("lezer", False)]
    assert list(Logregel.objects.filter(actie="instelling_wijzigen").values_list("object_sleutel", "details")) == [
        ("lezer", {"tweede_factor_verplicht": False})
    ]
    antwoord = baas.post("/beheer/rollen/", {"rollen": [*rest, "keizer"]})
    assert (antwoord.status_code, "Deze rol bestaat niet." in tekst(antwoord)) == (422, True)
    assert Rolbeleid.objects.count() == 1
    baas.post("/beheer/rollen/", {"rollen": Rol.values})
    assert list(Rolbeleid.objects.values_list("rol", "tweede_factor_verplicht")) == [("lezer", True)]


def test_the_beheerder_takes_away_a_lost_second_step_but_not_the_own(
    mens: Persoon, mensen: Mensen, als: Als, klok: time_machine.Traveller
) -> None:
    client = Client()
    log_in(client, mens)
    koppel_app(client, BEGIN)
    for wie in (mensen.collega, mensen.secretariaat):
        assert als(wie).post(f"/personen/{mens.pk}/toegang/", {"daad": "tweede_stap_weg"}).status_code == 403
    baas = als(mensen.beheerder)
    baas.post(f"/personen/{mens.pk}/toegang/", {"daad": "tweede_stap_weg"})
    assert not Authenticator.objects.filter(user=mens).exists()
    assert client.get("/mijn/").status_code == 302  # and the sessions end
    antwoord = baas.post(f"/personen/{mensen.beheerder.pk}/toegang/", {"daad": "tweede_stap_weg"}, follow=True)
    assert "wijzigt u op Mijn account" in tekst(antwoord)
