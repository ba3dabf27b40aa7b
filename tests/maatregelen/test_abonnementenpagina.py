"""The page where people make, see and revoke their addresses."""

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from maatregelen.abonnementen import HOOGSTENS, maak_abonnement
from maatregelen.models import Abonnement, Persoon
from tests.conftest import Mensen
from tests.factories import AgendaFactory, OrganisatieFactory
from tests.paginatekst import queries, tekst

Als = Callable[[Persoon], Client]
PAGINA = "/mijn/abonnementen/"
MOMENT = datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.UTC)


def adressen(antwoord: Any) -> dict[str, str]:
    """The addresses to copy, by the id of their field."""
    return dict(re.findall(r'id="(\w+adres)" value="([^"]+)" readonly', antwoord.content.decode()))


def keuzes(antwoord: Any) -> list[str]:
    return re.findall(r'<option value="([^"]*)"', antwoord.content.decode())


def test_made_and_shown_this_once(mensen: Mensen, als: Als) -> None:
    client = als(mensen.eigen)
    assert "U hebt nog geen adres." in tekst(client.get(PAGINA))
    antwoord = client.post(PAGINA, {"wat": "persoonlijk"})
    assert antwoord.status_code == 200
    gevonden = adressen(antwoord)
    geheim = gevonden["kalenderadres"].removeprefix("http://127.0.0.1:8000/kalender/").removesuffix(".ics")
    assert gevonden == {
        "kalenderadres": f"http://127.0.0.1:8000/kalender/{geheim}.ics",
        "feedadres": f"http://127.0.0.1:8000/wijzigingen/{geheim}.atom",
    }
    assert f'href="webcal://127.0.0.1:8000/kalender/{geheim}.ics"' in antwoord.content.decode()
    assert "Uw nieuwe adres: Van mij en wat ik volg" in tekst(antwoord)
    for adres in gevonden.values():
        assert Client().get(adres.removeprefix("http://127.0.0.1:8000")).status_code == 200
    opnieuw = client.get(PAGINA)
    assert (adressen(opnieuw), geheim in opnieuw.content.decode(), opnieuw.context["nieuw"]) == ({}, False, None)
    assert str(client.session.items()).count(geheim) == 0
    for pagina in (antwoord, opnieuw):
        assert "no-store" in pagina["Cache-Control"]
    assert (Abonnement.objects.get().persoon, Abonnement.objects.get().inhoud) == (mensen.eigen, "persoonlijk")


def test_of_an_organisation_or_an_agenda(mensen: Mensen, als: Als) -> None:
    agenda = AgendaFactory(slug="2024", titel="Agenda van 2024")
    client = als(mensen.partner)
    assert "Uw nieuwe adres: OCW" in tekst(client.post(PAGINA, {"wat": "organisatie:ocw"}))
    assert "Uw nieuwe adres: Agenda van 2024" in tekst(client.post(PAGINA, {"wat": "agenda:2024"}))
    assert list(Abonnement.objects.order_by("pk").values_list("inhoud", "organisatie", "agenda")) == [
        ("organisatie", mensen.ander.pk, None),
        ("agenda", None, agenda.pk),
    ]


def test_only_what_exists_today_and_has_people_can_be_chosen(mensen: Mensen, als: Als) -> None:
    OrganisatieFactory(afkorting="Oud", geldig_tot=datetime.date(2020, 1, 1))
    OrganisatieFactory(afkorting="Rijk", soort="aanduiding")
    AgendaFactory(slug="2018", is_lopend=False)
    client = als(mensen.partner)
    assert keuzes(client.get(PAGINA)) == [
        "persoonlijk", "agenda:2018", "organisatie:lrt-secretariaat", "organisatie:ocw", "organisatie:szw",
        "organisatie:vng",
    ]  # fmt: skip
    for wat in ("organisatie:oud", "organisatie:rijk", "organisatie:bestaat-niet", "agenda:", "agenda:ocw", "x", ""):
        antwoord = client.post(PAGINA, {"wat": wat})
        assert (antwoord.status_code, adressen(antwoord)) == (422, {}), wat
        assert "Er is geen adres gemaakt." in tekst(antwoord)
    assert Abonnement.objects.count() == 0


@pytest.mark.parametrize(
    ("soort", "slug", "pad"), [("organisatie", "ocw", "/organisaties/ocw/"), ("agenda", "2024", "/agendas/2024/")]
)
def test_a_page_leads_here_with_the_choice_made(mensen: Mensen, als: Als, soort: str, slug: str, pad: str) -> None:
    AgendaFactory(slug="2024")
    client = als(mensen.partner)
    link = f"{PAGINA}?{soort}={slug}"
    assert f'href="{link}"' in client.get(pad).content.decode()
    assert f'<option value="{soort}:{slug}" selected' in client.get(link).content.decode()
    assert f'href="{PAGINA}"' in client.get("/mijn/").content.decode()


def test_who_ended_or_is_only_a_word_has_no_calendar(mensen: Mensen, als: Als) -> None:
    client = als(mensen.partner)
    OrganisatieFactory(afkorting="Oud", geldig_tot=datetime.date(2020, 1, 1))
    OrganisatieFactory(afkorting="Rijk", soort="aanduiding")
    for slug in ("oud", "rijk"):
        assert "Kalender en feed" not in tekst(client.get(f"/organisaties/{slug}/"))
        assert client.get(f"{PAGINA}?organisatie={slug}").status_code == 400
    assert client.get(f"{PAGINA}?soort=x").status_code == 400


def test_the_list_says_what_when_and_last_used(mensen: Mensen, als: Als) -> None:
    rij, _ = maak_abonnement(mensen.eigen, "organisatie", organisatie=mensen.ander, moment=MOMENT)
    maak_abonnement(mensen.collega, "persoonlijk")
    client = als(mensen.eigen)
    assert "OCW gemaakt op 2 mrt 2026, nog niet gebruikt" in tekst(client.get(PAGINA))
    Abonnement.objects.filter(pk=rij.pk).update(laatst_gebruikt_op=MOMENT + datetime.timedelta(days=30))
    gevonden = tekst(client.get(PAGINA))
    assert "OCW gemaakt op 2 mrt 2026, laatst gebruikt op 1 apr 2026" in gevonden
    assert "Mijn adressen 1" in gevonden


def test_revoking_is_asked_and_then_done(mensen: Mensen, als: Als) -> None:
    rij, geheim = maak_abonnement(mensen.eigen, "persoonlijk", moment=MOMENT)
    client = als(mensen.eigen)
    adres = reverse("abonnement_intrekken", args=[rij.pk])
    assert f'href="{adres}"' in client.get(PAGINA).content.decode()
    vraag = client.get(adres)
    assert (vraag.status_code, Client().get(f"/kalender/{geheim}.ics").status_code) == (200, 200)
    assert "Van mij en wat ik volg, gemaakt op 2 maart 2026 Het adres werkt dan meteen niet meer" in tekst(vraag)
    klaar = client.post(adres, follow=True)
    assert klaar.redirect_chain == [(PAGINA, 302)]
    assert "Het adres is ingetrokken: Van mij en wat ik volg." in tekst(klaar)
    assert "U hebt nog geen adres." in tekst(klaar)
    assert Client().get(f"/kalender/{geheim}.ics").status_code == 404
    assert client.post(adres).status_code == 404


def test_another_address_ends_the_first_and_is_shown_once(mensen: Mensen, als: Als) -> None:
    rij, geheim = maak_abonnement(mensen.eigen, "organisatie", organisatie=mensen.ander)
    client = als(mensen.eigen)
    adres = reverse("abonnement_vernieuwen", args=[rij.pk])
    assert "Het oude adres werkt dan meteen niet meer." in tekst(client.get(adres))
    antwoord = client.post(adres)
    assert "Uw nieuwe adres: OCW" in tekst(antwoord)
    nieuw = adressen(antwoord)["kalenderadres"].removeprefix("http://127.0.0.1:8000")
    assert (Client().get(f"/kalender/{geheim}.ics").status_code, Client().get(nieuw).status_code) == (404, 200)
    assert client.post(adres).status_code == 404


def test_nobody_touches_the_addresses_of_another(mensen: Mensen, als: Als) -> None:
    rij, geheim = maak_abonnement(mensen.eigen, "persoonlijk")
    for persoon in (mensen.collega, mensen.vreemd, mensen.secretariaat, mensen.beheerder):
        for naam in ("abonnement_intrekken", "abonnement_vernieuwen"):
            adres = reverse(naam, args=[rij.pk])
            assert (als(persoon).get(adres).status_code, als(persoon).post(adres).status_code) == (404, 404)
    assert Client().get(f"/kalender/{geheim}.ics").status_code == 200
    for naam in ("abonnement_intrekken", "abonnement_vernieuwen"):
        adres = reverse(naam, args=[rij.pk])
        assert als(mensen.rolloos).post(adres).status_code == 403
        assert Client().post(adres).status_code == 302
    assert als(mensen.rolloos).post(PAGINA, {"wat": "persoonlijk"}).status_code == 403
    assert Abonnement.objects.count() == 1


def test_making_needs_the_token_of_the_form(mensen: Mensen) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(mensen.eigen, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post(PAGINA, {"wat": "persoonlijk"}).status_code == 403
    assert Abonnement.objects.count() == 0


def test_one_too_many_is_said(mensen: Mensen, als: Als) -> None:
    for _ in range(HOOGSTENS):
        maak_abonnement(mensen.eigen, "persoonlijk")
    antwoord = als(mensen.eigen).post(PAGINA, {"wat": "persoonlijk"})
    assert (antwoord.status_code, adressen(antwoord)) == (422, {})
    assert "U hebt al 20 adressen." in tekst(antwoord)


def test_days_are_those_of_the_netherlands(mensen: Mensen, als: Als) -> None:
    with time_machine.travel(datetime.datetime(2026, 6, 30, 22, 30, tzinfo=datetime.UTC), tick=False):
        maak_abonnement(mensen.eigen, "persoonlijk")
    assert "gemaakt op 1 jul 2026" in tekst(als(mensen.eigen).get(PAGINA))


def test_the_number_of_questions_does_not_grow(mensen: Mensen, als: Als) -> None:
    client = als(mensen.partner)
    maak_abonnement(mensen.partner, "organisatie", organisatie=mensen.ander)
    tellingen = [queries(client, PAGINA)]
    for agenda in (AgendaFactory(), AgendaFactory()):
        maak_abonnement(mensen.partner, "agenda", agenda=agenda)
    tellingen.append(queries(client, PAGINA))
    # Session, person, roles, organisations, agendas, addresses.
    assert tellingen == [6, 6]
