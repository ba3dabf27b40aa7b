"""Status, progress and trekker on the page of a measure: two clicks and a sentence, and nothing typed is lost."""

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from maatregelen.betrokkenheid import wijs_toe
from maatregelen.models import Betrokkenheid, Maatregel, Persoon, Statuswijziging
from maatregelen.statuswissel import wijzig_status
from tests.conftest import Mensen
from tests.factories import LidmaatschapFactory, MaatregelFactory, OrganisatieFactory, PersoonFactory
from tests.maatregelen.test_dossiervoering import tegelijk

Als = Callable[[Persoon], Client]
echte_transacties = pytest.mark.django_db(transaction=True, available_apps=list(settings.INSTALLED_APPS))
NU = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)
STATUS = "/maatregelen/2024-2-03/status/"
PAGINA = "/maatregelen/2024-2-03/"
ZIN = "Verdeelbesluit <b>genomen</b> & gepubliceerd"
ZIN_VEILIG = "Verdeelbesluit &lt;b&gt;genomen&lt;/b&gt; &amp; gepubliceerd"


@pytest.fixture(autouse=True)
def _nu() -> Any:
    with time_machine.travel(NU, tick=True):
        yield


@pytest.fixture
def maatregel(mensen: Mensen) -> Maatregel:
    return MaatregelFactory(code="2024-2-03", trekker=mensen.organisatie)


def invoer(**anders: str) -> dict[str, str]:
    """What the form sends when it was filled in well."""
    return {"status": "in_uitvoering", "toelichting": ZIN, "per": "2026-11-20", "versie": "1", **anders}


def tekst(antwoord: HttpResponse) -> str:
    """The page as text, without the white space of templates."""
    return " ".join(antwoord.content.decode().split())


def versie_op(pagina: str, formulier: str = "status") -> str:
    """The hidden version in a form of the page."""
    (stuk,) = re.findall(rf'<form[^>]*action="[^"]*/{formulier}/".*?</form>', pagina)
    return re.findall(r'name="versie" value="(\d+)"', stuk)[0]


def test_two_clicks_and_a_sentence(mensen: Mensen, als: Als, maatregel: Maatregel) -> None:
    client = als(mensen.eigen)
    pagina = tekst(client.get(PAGINA))
    assert versie_op(pagina) == "1"
    assert re.findall(r'type="radio" name="status"[^>]*value="(\w+)"', pagina) == [
        "in_voorbereiding", "in_uitvoering", "aangehouden", "uitgevoerd", "vervallen",
    ]  # fmt: skip
    assert 'name="per"' in pagina
    assert 'value="2026-11-22"' in pagina  # today, so that a day is no third click
    antwoord = client.post(STATUS, invoer())
    assert (antwoord.status_code, antwoord["Location"]) == (302, PAGINA)
    pagina = tekst(client.get(PAGINA))
    assert "De status is nu &#x27;in uitvoering&#x27;, per 20-11-2026." in pagina
    assert ZIN_VEILIG in pagina
    rij = Statuswijziging.objects.get(van="aangekondigd")
    assert (rij.naar, rij.per, rij.toelichting, rij.door, rij.maatregel) == (
        "in_uitvoering", datetime.date(2026, 11, 20), ZIN, mensen.eigen, maatregel,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("anders", "melding", "code"),
    [
        ({"toelichting": " \n"}, "Schrijf in een zin waarom de status wijzigt.", 422),
        ({"status": ""}, "Kies de nieuwe status.", 422),
        ({"per": "2026-11-23"}, "kan niet in de toekomst liggen", 422),
        ({"per": "31-02-2026"}, "Deze dag bestaat niet.", 422),
        ({"per": "0001-01-01"}, "Kies een dag van 1900 tot en met 2100.", 422),
        ({"per": ""}, "Kies de dag waarop dit inging.", 422),
        ({"per": "2024-09-25"}, "geldt pas vanaf 26-09-2024", 422),
        ({"toelichting": "nul\x00teken"}, "Null-tekens zijn niet toegestaan.", 422),
        ({"versie": ""}, "Laad de pagina opnieuw", 422),
        ({"versie": "x"}, "Laad de pagina opnieuw", 422),
        ({"status": "aangekondigd"}, "Van &#x27;aangekondigd&#x27; naar &#x27;aangekondigd&#x27; kan niet.", 409),
        ({"status": "afgesloten"}, "naar &#x27;afgesloten&#x27; kan niet. Mogelijk: in voorbereiding", 409),
        ({"status": "onzin"}, "naar &#x27;onzin&#x27; kan niet.", 409),
    ],
)
def test_what_is_wrong_is_said_on_top_and_at_the_field_and_nothing_is_lost(
    mensen: Mensen, als: Als, maatregel: Maatregel, anders: dict[str, str], melding: str, code: int
) -> None:
    antwoord = als(mensen.eigen).post(STATUS, invoer(**anders))
    pagina = tekst(antwoord)
    assert antwoord.status_code == code
    assert "Dit is nog niet opgeslagen." in pagina
    op_plekken = 1 if "versie" in anders else 2
    assert pagina.count(melding) == op_plekken, melding
    if "toelichting" not in anders:
        assert f"{ZIN_VEILIG}</textarea>" in pagina
    if "per" not in anders:
        assert 'value="2026-11-20"' in pagina
    if "status" not in anders:
        assert re.search(r'value="in_uitvoering"[^>]* checked', pagina)
    assert (Maatregel.objects.get().status, Maatregel.objects.get().versie) == ("aangekondigd", 1)
    assert Statuswijziging.objects.count() == 1


def test_an_older_page_hears_what_changed_and_may_then_save_on_purpose(
    mensen: Mensen, als: Als, maatregel: Maatregel
) -> None:
    collega, ik = als(mensen.collega), als(mensen.eigen)
    collega.post(STATUS, invoer(status="in_voorbereiding", toelichting="Van de collega."))
    antwoord = ik.post(STATUS, invoer())
    pagina = tekst(antwoord)
    assert antwoord.status_code == 409
    assert "Iemand anders heeft dit gewijzigd nadat u het opende." in pagina
    assert "Collega wijzigde dit op" in pagina
    assert (
        '<th scope="row">Status</th><td>aangekondigd</td><td>in voorbereiding'
        '<span class="onderregel">Van de collega.</span></td>' in pagina
    )
    assert f"{ZIN_VEILIG}</textarea>" in pagina
    assert re.search(r'value="in_uitvoering"[^>]* checked', pagina)
    assert versie_op(pagina) == "2"
    assert Maatregel.objects.get().status == "in_voorbereiding"
    assert ik.post(STATUS, invoer(versie=versie_op(pagina))).status_code == 302
    assert list(Statuswijziging.objects.order_by("id").values_list("naar", flat=True)) == [
        "aangekondigd", "in_voorbereiding", "in_uitvoering",
    ]  # fmt: skip


def test_a_choice_that_is_gone_is_named(mensen: Mensen, als: Als, maatregel: Maatregel) -> None:
    wijzig_status(maatregel, "uitgevoerd", door=mensen.collega, toelichting="Klaar.")
    pagina = tekst(als(mensen.eigen).post(STATUS, invoer(status="aangehouden")))
    assert "U koos &#x27;aangehouden&#x27;. Vanuit de nieuwe stand kan dat niet; kies opnieuw." in pagina
    assert f"{ZIN_VEILIG}</textarea>" in pagina


def test_pressing_twice_changes_once(mensen: Mensen, als: Als, maatregel: Maatregel) -> None:
    client = als(mensen.eigen)
    assert [client.post(STATUS, invoer()).status_code for _ in range(2)] == [302, 409]
    pagina = tekst(client.post(STATUS, invoer()))
    assert "U hebt dit zelf al gewijzigd nadat u deze pagina opende" in pagina
    assert "Iemand anders" not in pagina
    assert Statuswijziging.objects.count() == 2


def test_who_is_assigned_meanwhile_makes_the_page_older(mensen: Mensen, als: Als) -> None:
    """The secretariaat looks at a measure of nobody; a colleague assigns it; it is not theirs any more."""
    maatregel = MaatregelFactory(code="2024-2-03")
    client = als(mensen.secretariaat)
    assert client.post(STATUS, invoer(status="in_voorbereiding")).status_code == 302
    wijs_toe(maatregel, mensen.organisatie, "verantwoordelijk", door=mensen.secretariaat, reden="Afgesproken.")
    antwoord = client.post(STATUS, invoer(versie="2"))
    assert antwoord.status_code == 403
    assert "zolang er geen trekker is" in tekst(antwoord)
    antwoord = als(mensen.eigen).post(STATUS, invoer(versie="2"))
    assert antwoord.status_code == 409
    assert "Gewijzigd is wie erbij betrokken is" in tekst(antwoord)


@pytest.mark.parametrize("pad", ["status", "voortgang"])
def test_strangers_change_nothing(mensen: Mensen, als: Als, maatregel: Maatregel, pad: str) -> None:
    adres = f"{PAGINA}{pad}/"
    gegevens = invoer(voortgang="op_schema")
    for wie in ("vreemd", "partner", "beheerder", "secretariaat"):
        for antwoord in (als(getattr(mensen, wie)).get(adres), als(getattr(mensen, wie)).post(adres, gegevens)):
            assert (wie, antwoord.status_code) == (wie, 403)
            assert "Deze maatregel wordt bijgehouden door dossierhouders" in tekst(antwoord)
    assert als(mensen.rolloos).post(adres, gegevens).status_code == 403
    assert Client().post(adres, gegevens)["Location"].startswith("/inloggen/")
    assert Client(enforce_csrf_checks=True).post(adres, gegevens).status_code in (302, 403)
    assert als(mensen.eigen).get(adres)["Location"] == f"{PAGINA}#{pad}"
    assert als(mensen.eigen).post(f"/maatregelen/bestaat-niet/{pad}/", gegevens).status_code == 404
    assert (Maatregel.objects.get().versie, Statuswijziging.objects.count()) == (1, 1)


def test_without_a_token_from_our_own_page_nothing_happens(mensen: Mensen, maatregel: Maatregel) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(mensen.eigen, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post(STATUS, invoer()).status_code == 403
    assert Statuswijziging.objects.count() == 1


def test_the_successor_keeps_up_what_an_ended_ministry_left(mensen: Mensen, als: Als) -> None:
    jenv = OrganisatieFactory(afkorting="JenV")
    aenm = OrganisatieFactory(afkorting="AenM", geldig_tot=datetime.date(2026, 2, 23), opvolger=jenv)
    persoon = PersoonFactory()
    LidmaatschapFactory(persoon=persoon, organisatie=jenv)
    MaatregelFactory(code="2024-2-03", trekker=aenm)
    assert als(persoon).post(STATUS, invoer()).status_code == 302
    assert Maatregel.objects.get().status == "in_uitvoering"


def test_progress_in_a_word_and_a_sentence(mensen: Mensen, als: Als, maatregel: Maatregel) -> None:
    client = als(mensen.eigen)
    adres = f"{PAGINA}voortgang/"
    antwoord = client.post(adres, {"voortgang": "", "toelichting": ZIN, "versie": "1"})
    assert antwoord.status_code == 422
    assert f"{ZIN_VEILIG}</textarea>" in tekst(antwoord)
    assert '<details class="uitklapformulier niet-print" open>' in tekst(antwoord)
    assert client.post(adres, {"voortgang": "onzin", "toelichting": ZIN, "versie": "1"}).status_code == 422
    assert client.post(adres, {"voortgang": "niet_gemeld", "toelichting": ZIN, "versie": "1"}).status_code == 422
    assert client.post(adres, {"voortgang": "aandacht", "toelichting": ZIN, "versie": "1"}).status_code == 302
    vers = Maatregel.objects.get()
    assert (vers.voortgang, vers.voortgang_toelichting, vers.voortgang_door, vers.voortgang_op) == (
        "aandacht", ZIN, mensen.eigen, datetime.date(2026, 11, 22),
    )  # fmt: skip
    antwoord = als(mensen.collega).post(adres, {"voortgang": "op_schema", "toelichting": "Toch wel", "versie": "1"})
    assert antwoord.status_code == 409
    assert "Toch wel</textarea>" in tekst(antwoord)
    assert "<td>vraagt aandacht</td>" in tekst(antwoord)


def test_the_secretariaat_assigns_a_trekker(mensen: Mensen, als: Als) -> None:
    maatregel = MaatregelFactory(code="2024-2-03")
    weg = OrganisatieFactory(afkorting="AenM", geldig_tot=datetime.date(2026, 2, 23))
    woord = OrganisatieFactory(afkorting="kabinet", soort="aanduiding")
    adres = f"{PAGINA}trekker/"

    def gegevens(organisatie: Any, **anders: str) -> dict[str, str]:
        return {"organisatie": str(organisatie.pk), "reden": "Afgesproken <i>zo</i>", "versie": "1", **anders}

    client = als(mensen.secretariaat)
    keuzes = tekst(client.get(PAGINA))
    assert [f">{naam}, " in keuzes for naam in ("SZW", "OCW", "AenM", "kabinet")] == [True, True, False, False]
    for wie in ("eigen", "vreemd", "partner", "beheerder"):
        assert als(getattr(mensen, wie)).post(adres, gegevens(mensen.organisatie)).status_code == 403
    for organisatie in (weg, woord):
        antwoord = client.post(adres, gegevens(organisatie))
        assert antwoord.status_code == 422
        assert "Deze organisatie kan hier niet gekozen worden." in tekst(antwoord)
        assert "Afgesproken &lt;i&gt;zo&lt;/i&gt;" in tekst(antwoord)
    assert client.post(adres, gegevens(mensen.organisatie, reden="")).status_code == 422
    assert client.post(adres, gegevens(mensen.organisatie, reden="x" * 251)).status_code == 422
    assert not Betrokkenheid.objects.exists()
    assert client.post(adres, gegevens(mensen.organisatie)).status_code == 302
    rij = Betrokkenheid.objects.get()
    assert (rij.maatregel, rij.organisatie, rij.rol, rij.herkomst, rij.vanaf, rij.door) == (
        maatregel, mensen.organisatie, "verantwoordelijk", "toegewezen", datetime.date(2026, 11, 22),
        mensen.secretariaat,
    )  # fmt: skip
    antwoord = client.post(adres, gegevens(mensen.ander))
    assert antwoord.status_code == 409
    assert "Gewijzigd is wie erbij betrokken is" in tekst(antwoord)
    assert Betrokkenheid.objects.count() == 1


def test_anyone_with_a_role_follows(mensen: Mensen, als: Als, maatregel: Maatregel) -> None:
    client = als(mensen.partner)
    for keer in ("ja", "ja"):
        assert client.post(f"{PAGINA}volgen/", {"volg": keer}).status_code == 302
    assert maatregel.volgers.count() == 1
    assert "Niet meer volgen" in tekst(client.get(PAGINA))
    assert client.post(f"{PAGINA}volgen/", {"volg": "nee", "terug": "volgen"})["Location"] == "/mijn/volgen/"
    assert maatregel.volgers.count() == 0
    assert client.get(f"{PAGINA}volgen/").status_code == 405
    assert client.post("/maatregelen/niets/volgen/", {"volg": "ja"}).status_code == 404
    assert als(mensen.rolloos).post(f"{PAGINA}volgen/", {"volg": "ja"}).status_code == 403


@echte_transacties
def test_a_busy_record_says_so_and_keeps_what_was_typed(mensen: Mensen, als: Als, maatregel: Maatregel) -> None:
    """Somebody holds the row longer than a reader waits: no error page, nothing changed, nothing lost."""
    client = als(mensen.eigen)
    client.get(PAGINA)

    def stuur() -> Any:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = 200")
        antwoord = client.post(STATUS, invoer())
        return antwoord.status_code, tekst(antwoord)

    with transaction.atomic():
        Maatregel.objects.select_for_update().get()
        ((code, pagina),) = tegelijk(stuur)
    assert code == 503
    assert "Iemand anders is nu met hetzelfde bezig." in pagina
    assert f"{ZIN_VEILIG}</textarea>" in pagina
    assert Statuswijziging.objects.count() == 1
