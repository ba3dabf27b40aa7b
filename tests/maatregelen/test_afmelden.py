"""Leaving at one click: the address, who it works for, and that a visit alone changes nothing."""

import datetime
from collections.abc import Callable
from email import message_from_bytes, policy

import pytest
from django.core import signing
from django.core.mail import EmailMessage
from django.test import Client

from maatregelen.afmelding import Afmelding, Afmeldsoort, OngeldigAdres, afmeldadres, lees, meld_af
from maatregelen.berichtvoorkeuren import voorkeur_van, zet_voorkeur
from maatregelen.models import Lidmaatschap, Persoon, Volger, Volgfilter
from maatregelen.volgfilters import Keuze, maak
from tests.conftest import Mensen
from tests.factories import MaatregelFactory, PijlerFactory
from tests.paginatekst import tekst

Als = Callable[[Persoon], Client]
NU = datetime.datetime(2026, 11, 20, 9, 0, tzinfo=datetime.UTC)
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
DELEN = b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
KWAAD = "<script>alert(1)</script>"


def token(adres: str) -> str:
    return adres.rstrip("/").rsplit("/", 1)[-1]


def pad(persoon: Persoon, soort: str, sleutel: int = 0) -> str:
    return f"/afmelden/{token(afmeldadres(persoon.pk, soort, sleutel))}/"


@pytest.fixture
def vreemde() -> Client:
    """A mail program: no cookies, and Django's check on forged forms as strict as in production."""
    return Client(enforce_csrf_checks=True)


def test_an_address_says_who_and_what_and_holds_no_mail_address(mensen: Mensen, settings: object) -> None:
    settings.SITE_URL = "https://regie.voorbeeld.nl/"  # type: ignore[attr-defined]
    adres = afmeldadres(mensen.eigen.pk, "selectie", 7)
    assert adres.startswith("https://regie.voorbeeld.nl/afmelden/")
    assert adres.endswith("/")
    assert lees(token(adres)) == Afmelding(mensen.eigen.pk, Afmeldsoort.SELECTIE, 7)
    assert adres == afmeldadres(mensen.eigen.pk, "selectie", 7), "every mail has the same address"
    assert "voorbeeld.nl" not in adres.removeprefix("https://regie.voorbeeld.nl/")
    with pytest.raises(ValueError, match="eigen"):
        afmeldadres(mensen.eigen.pk, "eigen", 7)


def test_an_address_survives_the_header_of_a_mail(mensen: Mensen) -> None:
    adres = afmeldadres(2**62, "selectie", 2**62)
    mail = EmailMessage("Onderwerp", "Tekst", to=["a@voorbeeld.nl"], headers={"List-Unsubscribe": f"<{adres}>"})
    gelezen = message_from_bytes(mail.message().as_bytes(), policy=policy.default)
    assert str(gelezen["List-Unsubscribe"]).strip() == f"<{adres}>"


@pytest.mark.parametrize(
    "vals",
    [
        "x",
        "WzEsIm1hYXRyZWdlbCIsMV0.x",
        signing.Signer(sep=".").sign_object([1, "maatregel", 1]),
        signing.Signer(sep=".", salt="maatregelen.afmelding").sign_object([1, "eigen", 1]),
        signing.Signer(sep=".", salt="maatregelen.afmelding").sign_object([1, "maatregel"]),
        signing.Signer(sep=".", salt="maatregelen.afmelding").sign_object({"a": 1}),
        signing.Signer(sep=".", salt="maatregelen.afmelding").sign_object([10**9, "maatregel", 1]),
        "%00",
        "a" * 5000,
    ],
)
def test_what_we_did_not_write_is_not_found_and_says_nothing_more(db: None, vreemde: Client, vals: str) -> None:
    for antwoord in (vreemde.get(f"/afmelden/{vals}/"), vreemde.post(f"/afmelden/{vals}/", ONE_CLICK)):
        assert antwoord.status_code == 404
        assert "Dit afmeldadres werkt niet" in tekst(antwoord)
        assert "Er is niets gewijzigd" in tekst(antwoord)


def test_changing_one_character_makes_it_no_address(mensen: Mensen) -> None:
    goed = token(afmeldadres(mensen.eigen.pk, "gevolgd"))
    for plek in (0, 5, len(goed) // 2, len(goed) - 2):
        fout = goed[:plek] + ("A" if goed[plek] != "A" else "B") + goed[plek + 1 :]
        with pytest.raises(OngeldigAdres):
            lees(fout)


def test_a_visit_changes_nothing_and_a_click_does(mensen: Mensen, vreemde: Client) -> None:
    stuk = MaatregelFactory(titel="Taal vanaf dag een", code="2024-2-03")
    for persoon in (mensen.partner, mensen.eigen):
        Volger.objects.create(maatregel=stuk, persoon=persoon)
    adres = pad(mensen.partner, "maatregel", stuk.pk)
    for antwoord in (vreemde.get(adres), vreemde.head(adres)):
        assert antwoord.status_code == 200
        assert "no-store" in antwoord["Cache-Control"]
        assert not antwoord.cookies
    assert "Taal vanaf dag een 2024-2-03" in tekst(vreemde.get(adres))
    assert "Stop met volgen" in tekst(vreemde.get(adres))
    assert Volger.objects.count() == 2

    antwoord = vreemde.post(adres, ONE_CLICK)
    assert (antwoord.status_code, antwoord.cookies.output()) == (200, "")
    assert "U bent afgemeld" in tekst(antwoord)
    assert [rij.persoon for rij in Volger.objects.all()] == [mensen.eigen], "only for whom the mail was"
    for antwoord in (vreemde.post(adres, ONE_CLICK), vreemde.get(adres)):
        assert antwoord.status_code == 200
        assert "U was al afgemeld" in tekst(antwoord)
    assert Volger.objects.count() == 1


def test_a_mail_program_may_post_as_a_form_with_parts_or_with_nothing(mensen: Mensen, vreemde: Client) -> None:
    for soort, inhoud in (
        ("application/x-www-form-urlencoded", b"List-Unsubscribe=One-Click"),
        ("multipart/form-data; boundary=x", DELEN),
        ("text/plain", b""),
    ):  # fmt: skip
        stuk = MaatregelFactory()
        Volger.objects.create(maatregel=stuk, persoon=mensen.partner)
        adres = pad(mensen.partner, "maatregel", stuk.pk)
        assert vreemde.generic("POST", adres, inhoud, content_type=soort).status_code == 200
        assert not Volger.objects.filter(maatregel=stuk).exists()
    assert vreemde.put(adres).status_code == 405


def test_a_selection_stays_without_mail_and_another_persons_cannot_be_reached(mensen: Mensen, vreemde: Client) -> None:
    mijn, _ = maak(mensen.partner, Keuze(PijlerFactory().agenda), moment=NU, naam=KWAAD)
    ander, _ = maak(mensen.eigen, Keuze(mijn.agenda), moment=NU)
    antwoord = vreemde.get(pad(mensen.partner, "selectie", mijn.pk))
    assert KWAAD not in antwoord.content.decode()
    assert "&lt;script&gt;" in antwoord.content.decode()
    vreemde.post(pad(mensen.partner, "selectie", ander.pk), ONE_CLICK)
    ander.refresh_from_db()
    assert ander.meldt, "an address of one person says nothing about a selection of another"
    assert meld_af(token(afmeldadres(mensen.partner.pk, "selectie", mijn.pk))) is True
    mijn.refresh_from_db()
    assert (mijn.meldt, Volgfilter.objects.count()) == (False, 2)
    assert meld_af(token(afmeldadres(mensen.partner.pk, "selectie", mijn.pk))) is False
    adres = pad(mensen.partner, "selectie", mijn.pk)
    mijn.delete()
    assert "U was al afgemeld" in tekst(vreemde.get(adres))


def test_leaving_all_that_is_followed_keeps_the_mail_about_ones_own(mensen: Mensen, vreemde: Client) -> None:
    zet_voorkeur(mensen.eigen, eigen="week", gevolgd="dag", versie=None)
    for persoon in (mensen.eigen, mensen.partner):
        antwoord = vreemde.post(pad(persoon, "gevolgd"), ONE_CLICK)
        assert "Herinneringen aan termijnen waarvoor u of uw organisatie verantwoordelijk is, blijven komen" in tekst(
            antwoord
        )
    voorkeuren = [voorkeur_van(persoon) for persoon in (mensen.eigen, mensen.partner, mensen.vreemd)]
    assert [(voorkeur.eigen, voorkeur.gevolgd) for voorkeur in voorkeuren] == [
        ("week", "geen"), ("direct", "geen"), ("direct", "direct"),
    ]  # fmt: skip
    assert "U was al afgemeld" in tekst(vreemde.post(pad(mensen.eigen, "gevolgd"), ONE_CLICK))


def test_only_its_person_is_shown_the_way_back(mensen: Mensen, als: Als) -> None:
    stuk = MaatregelFactory(code="2024-2-03")
    mijn, _ = maak(mensen.partner, Keuze(stuk.pijler.agenda), moment=NU)
    for adres, terug in (
        (pad(mensen.partner, "maatregel", stuk.pk), "/maatregelen/2024-2-03/"),
        (pad(mensen.partner, "selectie", mijn.pk), "/mijn/volgen/"),
        (pad(mensen.partner, "gevolgd"), "/mijn/berichten/"),
    ):
        zelf, ander = als(mensen.partner).post(adres), als(mensen.eigen).post(adres)
        assert f'<a href="{terug}">Weer aanzetten</a>' in zelf.content.decode()
        assert "Weer aanzetten" not in tekst(ander)
        assert als(mensen.partner).get(terug).status_code == 200


def test_who_lost_the_rights_can_still_leave_and_is_told_no_title(mensen: Mensen, vreemde: Client) -> None:
    stuk = MaatregelFactory(titel="Vertrouwelijk plan")
    Volger.objects.create(maatregel=stuk, persoon=mensen.partner)
    Volger.objects.create(maatregel=stuk, persoon=mensen.eigen)
    Lidmaatschap.objects.filter(persoon=mensen.partner).update(tot=datetime.date(2021, 1, 1))
    Persoon.objects.filter(pk=mensen.eigen.pk).update(is_active=False)
    for persoon in (mensen.partner, mensen.eigen):
        adres = pad(persoon, "maatregel", stuk.pk)
        antwoord = vreemde.get(adres)
        assert "Deze maatregel niet meer volgen?" in tekst(antwoord)
        assert "Vertrouwelijk" not in tekst(antwoord)
        assert "U bent afgemeld" in tekst(vreemde.post(adres, ONE_CLICK))
    assert not Volger.objects.exists()
