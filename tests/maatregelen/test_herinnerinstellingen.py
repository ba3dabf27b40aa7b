"""The pages by which reminding is set: who may, what stays typed, two at once, and what they cost."""

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from maatregelen.berichtvoorkeuren import plan_vervanging, stel_uit, zet_voorkeur
from maatregelen.herinnerschema import Escalatiestap, escalaties, kenmerk, regels, wijzig_regel, zet_escalaties
from maatregelen.models import Berichtvoorkeur, Lidmaatschap, Mijlpaal, Persoon, Uitstel, Vervanging, Volger
from tests.conftest import Mensen
from tests.factories import LidmaatschapFactory, MaatregelFactory, MijlpaalFactory, OrganisatieFactory, PersoonFactory

Als = Callable[[Persoon], Client]
NU = datetime.datetime(2026, 11, 18, 12, 0, tzinfo=datetime.UTC)
VANDAAG = NU.date()
KWAAD = '<script>alert("x")</script>'
REGEL = "/beheer/herinneren/streven/dag/"
MIJN = "/mijn/berichten/"


@pytest.fixture(autouse=True)
def _nu() -> Any:
    with time_machine.travel(NU, tick=True):
        yield


def d(tekst: str) -> datetime.date:
    """A day as JJJJ-MM-DD."""
    return datetime.date.fromisoformat(tekst)


def tekst(antwoord: Any, verwacht: int = 200) -> str:
    """The text of a page without the white space of templates; its status must be the one expected."""
    assert antwoord.status_code == verwacht
    return " ".join(antwoord.content.decode().split())


@pytest.fixture
def mijlpaal(mensen: Mensen) -> Mijlpaal:
    """A milestone of `eigen`."""
    maatregel = MaatregelFactory(code="2026-1-01", trekker=mensen.organisatie)
    return MijlpaalFactory(maatregel=maatregel, hardheid="toezegging", einde=d("2026-12-30"))


def test_only_a_beheerder_sets_how_all_are_reminded(mensen: Mensen, als: Als) -> None:
    paden = ("/beheer/herinneren/", REGEL, "/beheer/escalatie/", "/organisaties/szw/escalatie/")
    for pad in paden:
        antwoord = Client().get(pad)
        assert (antwoord.status_code, antwoord["Location"]) == (302, f"/inloggen/?next={pad}")
        for wie in ("eigen", "vreemd", "partner", "secretariaat", "rolloos"):
            client = als(getattr(mensen, wie))
            assert (pad, wie, client.get(pad).status_code) == (pad, wie, 403)
            if pad != paden[0]:
                assert (pad, wie, client.post(pad, {"vooraf": "1", "leeg": "ja"}).status_code) == (pad, wie, 403)
        assert als(mensen.beheerder).get(pad).status_code == 200
    assert regels()[("streven", "dag")].versie == 0


def test_what_is_not_there_is_not_found(mensen: Mensen, als: Als) -> None:
    OrganisatieFactory(afkorting="kabinet", soort="aanduiding")
    client = als(mensen.beheerder)
    for pad in (
        "/beheer/herinneren/streng/dag/", "/beheer/herinneren/norm/uur/", "/organisaties/niets/escalatie/",
        "/organisaties/kabinet/escalatie/", "/mijlpalen/999999/uitstellen/",
    ):  # fmt: skip
        assert (pad, client.get(pad).status_code) == (pad, 404)


def test_the_table_shows_what_was_changed(mensen: Mensen, als: Als, django_assert_num_queries: Any) -> None:
    client = als(mensen.beheerder)
    assert "Alles staat op de eigen instelling" in tekst(client.get("/beheer/herinneren/"))
    for hoeveel, fijnheid in ((1, "dag"), (3, "maand")):
        for hardheid in ("streven", "norm", "wettelijk")[:hoeveel]:
            wijzig_regel(
                hardheid, fijnheid, vooraf=[9], stil_na_begin=0, daarna_elke=1, stopt_na=4, vaag_na=180, versie=0
            )
        with django_assert_num_queries(4):
            inhoud = tekst(client.get("/beheer/herinneren/"))
    assert "4 soorten zijn aangepast" in inhoud
    assert inhoud.count("erna elke dag, tot dag 4") == inhoud.count('<span class="merk">aangepast</span>') == 4


def test_steps_that_cannot_be_read_stay_as_they_were_typed(mensen: Mensen, als: Als) -> None:
    client = als(mensen.beheerder)
    getikt = {"vooraf": f"30, {KWAAD}", "daarna_elke": "zeven", "stopt_na": "", "versie": "0"}
    inhoud = tekst(client.post(REGEL, getikt), 422)
    assert "is geen aantal dagen. Schrijf hele getallen met een komma ertussen" in inhoud
    assert "Schrijf een heel aantal dagen, zoals 7." in inhoud
    assert 'value="30, &lt;script&gt;' in inhoud
    assert 'value="zeven"' in inhoud
    assert KWAAD not in inhoud
    for vooraf, zin in (
        ("400", "Kies dagen van 0 tot en met 366."),
        (",".join(map(str, range(13))), "Kies hoogstens twaalf momenten."),
        ("-5", "is geen aantal dagen"),
        ("1.5", "is geen aantal dagen"),
    ):
        for knop in ({}, {"bekijk": "ja"}):
            inhoud = tekst(
                client.post(REGEL, {"vooraf": vooraf, "daarna_elke": "7", "stopt_na": "91", "versie": "0", **knop}), 422
            )
            assert (vooraf, zin in inhoud) == (vooraf, True)
            assert f'value="{vooraf}"' in inhoud
    assert regels()[("streven", "dag")].versie == 0


def test_steps_are_looked_at_then_kept_then_undone(mensen: Mensen, als: Als) -> None:
    client = als(mensen.beheerder)
    stappen = {"vooraf": "0; 7 21", "daarna_elke": "14", "stopt_na": "30", "versie": "0"}
    inhoud = tekst(client.post(REGEL, {**stappen, "bekijk": "ja"}))
    assert "Nog niet opgeslagen." in inhoud
    assert (
        "Een termijn op 30 december 2026: herinneringen op 9 december 2026, 23 december en 30 december, "
        "en na de uiterste dag vanaf 31 december 2026." in inhoud
    )
    assert "woensdag 9 december 2026" in inhoud
    assert regels()[("streven", "dag")].versie == 0
    assert client.post(REGEL, stappen).status_code == 302
    nu = regels()[("streven", "dag")]
    assert (nu.vooraf, nu.daarna_elke, nu.stopt_na, nu.vaag_na, nu.versie) == ((21, 7, 0), 14, 30, 180, 1)
    inhoud = tekst(client.get(REGEL))
    assert "De Regiemonitor zelf heeft: 14, 1 dagen vooraf, erna elke 7 dagen, tot dag 91." in inhoud
    for versie, code in (("0", 409), ("", 409), ("x", 409), ("1", 302)):
        assert (versie, client.post(REGEL, {"herstel": "ja", "versie": versie}).status_code) == (versie, code)
    assert regels()[("streven", "dag")].versie == 0


def test_two_beheerders_do_not_overwrite_each_others_steps(mensen: Mensen, als: Als) -> None:
    client = als(mensen.beheerder)
    wijzig_regel("streven", "dag", vooraf=[5], stil_na_begin=0, daarna_elke=7, stopt_na=91, vaag_na=180, versie=0)
    stappen = {"vooraf": "3", "daarna_elke": "7", "stopt_na": "91", "versie": "0"}
    inhoud = tekst(client.post(REGEL, stappen), 409)
    assert "Nu staat er: 5 dagen vooraf, erna elke 7 dagen, tot dag 91." in inhoud
    assert re.search(r'name="vooraf"[^>]* value="3"', inhoud)
    assert re.search(r'name="versie"[^>]* value="1"', inhoud)
    assert regels()[("streven", "dag")].vooraf == (5,)
    assert client.post(REGEL, {**stappen, "versie": "1"}).status_code == 302  # having seen it, it is a choice
    assert regels()[("streven", "dag")].vooraf == (3,)


@pytest.mark.parametrize(
    ("soort", "velden", "zin"),
    [
        ("wettelijk/ruim", {"vooraf", "stil_na_begin", "daarna_elke", "stopt_na"}, "Tot 1 augustus 2026 blijft"),
        ("norm/maand", {"vooraf", "stil_na_begin", "daarna_elke", "stopt_na"}, "'december 2026'"),
        ("norm/dag", {"vooraf", "daarna_elke", "stopt_na"}, "op 30 december 2026"),
        ("norm/vaag", {"vaag_na"}, "heet vanaf 17 mei 2027 'al lang vaag'"),
    ],
)
def test_only_what_means_something_for_a_kind_is_asked(
    mensen: Mensen, als: Als, soort: str, velden: set[str], zin: str
) -> None:
    antwoord = als(mensen.beheerder).get(f"/beheer/herinneren/{soort}/")
    assert set(antwoord.context["form"].fields) == {*velden, "versie"}
    assert zin in tekst(antwoord)


def test_the_example_is_always_to_come(mensen: Mensen, als: Als) -> None:
    with time_machine.travel(datetime.datetime(2026, 12, 31, 12, 0, tzinfo=datetime.UTC)):
        assert "op 30 december 2027" in tekst(als(mensen.beheerder).get(REGEL))


def test_a_chain_is_kept_row_by_row(mensen: Mensen, als: Als) -> None:
    client, pad = als(mensen.beheerder), "/organisaties/szw/escalatie/"
    inhoud = tekst(client.get(pad))
    assert "Er is geen leidinggevende ingevuld: dan gaat het naar het secretariaat." in inhoud
    rijen = {
        "dagen_0": "30", "naar_0": "secretariaat", "dagen_1": "", "naar_1": "",
        "dagen_2": "10", "naar_2": f"persoon-{mensen.partner.pk}", "gezien": kenmerk(mensen.organisatie),
    }  # fmt: skip
    assert client.post(pad, rijen).status_code == 302
    assert escalaties()[mensen.organisatie.pk] == [
        Escalatiestap(10, "persoon", mensen.partner), Escalatiestap(30, "secretariaat"),
    ]  # fmt: skip
    inhoud = tekst(client.get(pad))
    assert "SZW heeft eigen stappen." in inhoud
    assert "Eigen stappen hebben" in tekst(client.get("/beheer/escalatie/"))
    assert len(client.get(pad).context["form"].rijen()) == 4  # two empty rows follow
    antwoord = client.post(pad, {"leeg": "ja", "gezien": kenmerk(mensen.organisatie)})
    assert (antwoord.status_code, mensen.organisatie.pk in escalaties()) == (302, False)


def test_a_chain_that_is_half_filled_in_stays_as_it_was_typed(mensen: Mensen, als: Als) -> None:
    client, pad = als(mensen.beheerder), "/beheer/escalatie/"
    rijen = {"dagen_0": "0", "naar_0": "secretariaat", "dagen_1": "12", "naar_1": "", "dagen_2": "",
             "naar_2": "leidinggevende", "dagen_3": "5", "naar_3": "persoon-999", "gezien": kenmerk(None)}  # fmt: skip
    inhoud = tekst(client.post(pad, rijen), 422)
    for zin in ("Kies 1 dag of meer.", "Kies naar wie.", "Vul in na hoeveel dagen.", "kan hier niet gekozen worden"):
        assert (zin, zin in inhoud) == (zin, True)
    assert re.search(r'name="dagen_1"[^>]* value="12"', inhoud)
    dubbel = {"dagen_0": "5", "naar_0": "secretariaat", "dagen_1": "5", "naar_1": "secretariaat"}
    assert "Dezelfde stap staat er twee keer." in tekst(client.post(pad, {**dubbel, "gezien": kenmerk(None)}), 422)
    assert "onvolledig aangekomen" in tekst(client.post(pad, dubbel), 422)
    assert len(escalaties()[None]) == 2


def test_two_beheerders_do_not_overwrite_each_others_chain(mensen: Mensen, als: Als) -> None:
    client, pad, oud = als(mensen.beheerder), "/beheer/escalatie/", kenmerk(None)
    zet_escalaties(None, [Escalatiestap(3, "secretariaat")])
    rijen = {"dagen_0": "8", "naar_0": "leidinggevende", "gezien": oud}
    inhoud = tekst(client.post(pad, rijen), 409)
    assert "Nu staat er: na 3 dagen het LRT-secretariaat." in inhoud
    assert re.search(r'name="dagen_0"[^>]* value="8"', inhoud)
    assert client.post(pad, {"leeg": "ja", "gezien": oud}).status_code == 409
    assert escalaties()[None] == [Escalatiestap(3, "secretariaat")]
    assert client.post(pad, {**rijen, "gezien": kenmerk(None)}).status_code == 302
    assert escalaties()[None] == [Escalatiestap(8, "leidinggevende")]


def test_the_cost_of_a_chain_does_not_grow(mensen: Mensen, als: Als, django_assert_num_queries: Any) -> None:
    client = als(mensen.beheerder)
    for hoeveel in (1, 3):
        zet_escalaties(mensen.organisatie, [Escalatiestap(n + 1, "persoon", mensen.partner) for n in range(hoeveel)])
        with django_assert_num_queries(11):
            client.get("/organisaties/szw/escalatie/")


def test_a_chief_is_set_on_the_page_of_the_person(mensen: Mensen, als: Als) -> None:
    client, pad = als(mensen.beheerder), f"/personen/{mensen.eigen.pk}/"
    rij = Lidmaatschap.objects.get(persoon=mensen.eigen)
    assert "Leidinggevende: niet ingevuld: het secretariaat hoort het" in tekst(client.get(pad))
    stuur = {"leiding_van": str(rij.pk), "leidinggevende": str(mensen.vreemd.pk), "gezien": ""}
    assert client.post(pad, stuur).status_code == 302
    assert "Leidinggevende: Vreemd" in tekst(client.get(pad))
    inhoud = tekst(client.post(pad, {**stuur, "leidinggevende": str(mensen.partner.pk)}), 409)
    assert "Nu staat er: Vreemd." in inhoud
    assert re.search(rf'<option value="{mensen.partner.pk}"[^>]* selected', inhoud)
    for wie in (mensen.eigen, mensen.rolloos):
        stuur = {"leiding_van": str(rij.pk), "leidinggevende": str(wie.pk), "gezien": str(mensen.vreemd.pk)}
        assert client.post(pad, stuur).status_code == 422
    ander = Lidmaatschap.objects.get(persoon=mensen.vreemd)
    for sleutel in (str(ander.pk), "x", "9" * 30):
        assert client.post(pad, {**stuur, "leiding_van": sleutel}).status_code == 404
    assert Lidmaatschap.objects.get(pk=rij.pk).leidinggevende == mensen.vreemd


def test_who_has_no_role_has_no_mail_to_arrange(mensen: Mensen, als: Als) -> None:
    assert Client().get(MIJN).status_code == 302
    assert als(mensen.rolloos).get(MIJN).status_code == 403
    for wie in ("eigen", "partner", "secretariaat", "beheerder"):
        assert als(getattr(mensen, wie)).get(MIJN).status_code == 200
    assert f'href="{MIJN}"' in tekst(als(mensen.partner).get("/mijn/"))


def test_how_mail_comes_is_kept(mensen: Mensen, als: Als) -> None:
    client = als(mensen.eigen)
    inhoud = tekst(client.get(MIJN))
    assert "Het volgende: donderdag 19 november 2026." in inhoud
    assert "Het volgende: maandag 23 november 2026." in inhoud
    assert client.post(MIJN, {"eigen": "week", "gevolgd": "geen", "versie": "0"}).status_code == 302
    rij = Berichtvoorkeur.objects.get(persoon=mensen.eigen)
    assert (rij.eigen, rij.gevolgd) == ("week", "geen")
    inhoud = tekst(client.post(MIJN, {"eigen": "geen", "gevolgd": "dag", "versie": "1"}), 422)
    assert "Kies een van de drie." in inhoud
    zet_voorkeur(mensen.eigen, eigen="dag", gevolgd="dag", versie=1)
    inhoud = tekst(client.post(MIJN, {"eigen": "direct", "gevolgd": "week", "versie": "1"}), 409)
    assert "Er staat: over uw organisatie één overzicht per werkdag" in inhoud
    assert 'value="direct"' in inhoud
    assert Berichtvoorkeur.objects.get(pk=rij.pk).eigen == "dag"


def test_a_deputy_is_planned_and_stopped_by_the_one_who_is_away(mensen: Mensen, als: Als) -> None:
    client = als(mensen.eigen)
    stuur = {"plan": "ja", "van": "2026-12-01", "tot_en_met": "2026-11-30", "vervanger": str(mensen.vreemd.pk)}
    inhoud = tekst(client.post(MIJN, stuur), 422)
    assert "De laatste dag kan niet voor de eerste liggen." in inhoud
    assert 'value="2026-11-30"' in inhoud
    assert re.search(rf'<option value="{mensen.vreemd.pk}"[^>]* selected', inhoud)
    for wie in (mensen.eigen, mensen.rolloos):
        assert client.post(MIJN, {**stuur, "tot_en_met": "2026-12-05", "vervanger": str(wie.pk)}).status_code == 422
    assert client.post(MIJN, {**stuur, "tot_en_met": "2026-12-05"}).status_code == 302
    rij = Vervanging.objects.get()
    assert "Vreemd" in tekst(client.get(MIJN))
    assert "U vervangt" in tekst(als(mensen.vreemd).get(MIJN))
    for wie in (mensen.vreemd, mensen.beheerder):
        assert als(wie).post(MIJN, {"stop": str(rij.pk)}).status_code == 404
    for onzin in ("", "x", "9" * 40):
        assert client.post(MIJN, {"stop": onzin}).status_code == 404
    assert client.post(MIJN, {"stop": str(rij.pk)}).status_code == 302
    assert client.post(MIJN, {"stop": str(rij.pk)}).status_code == 404
    assert not Vervanging.objects.exists()


def test_the_cost_of_my_mail_does_not_grow(
    mensen: Mensen, als: Als, mijlpaal: Mijlpaal, django_assert_num_queries: Any
) -> None:
    client = als(mensen.eigen)
    for hoeveel in (1, 3):
        for n in range(hoeveel):
            van = d("2027-01-01") + datetime.timedelta(days=10 * (hoeveel * 3 + n))
            for wie, door in ((mensen.eigen, mensen.vreemd), (mensen.vreemd, mensen.eigen)):
                plan_vervanging(wie, vervanger=door, van=van, tot_en_met=van, vandaag=VANDAAG)
            een = MijlpaalFactory(maatregel=mijlpaal.maatregel, hardheid="streven")
            stel_uit(een, mensen.eigen, tot=d("2026-12-01"), reden="Wacht.", vandaag=VANDAAG)
        with django_assert_num_queries(8):
            inhoud = tekst(client.get(MIJN))
        assert inhoud.count("er is dan niemand anders") == inhoud.count("Gaat niet door") == (1 if hoeveel == 1 else 4)


def test_who_gets_no_reminders_puts_none_off(mensen: Mensen, als: Als, mijlpaal: Mijlpaal) -> None:
    pad = f"/mijlpalen/{mijlpaal.pk}/uitstellen/"
    stuur = {"tot": "2026-12-01", "reden": "Wacht op advies."}
    assert Client().get(pad).status_code == 302
    for wie in ("vreemd", "partner", "beheerder", "rolloos"):
        client = als(getattr(mensen, wie))
        assert (wie, client.get(pad).status_code, client.post(pad, stuur).status_code) == (wie, 403, 403)
        assert client.post(pad, {"weer_aan": "ja"}).status_code == 403
    assert not Uitstel.objects.exists()
    Volger.objects.create(maatregel=mijlpaal.maatregel, persoon=mensen.partner)
    for wie in ("eigen", "collega", "secretariaat", "partner"):
        client = als(getattr(mensen, wie))
        assert (wie, client.get(pad).status_code, client.post(pad, stuur).status_code) == (wie, 200, 302)
        assert f'href="{pad}"' in tekst(client.get("/maatregelen/2026-1-01/"))
    assert f'href="{pad}"' not in tekst(als(mensen.vreemd).get("/maatregelen/2026-1-01/"))


def test_what_was_typed_stays_and_others_see_the_reason(mensen: Mensen, als: Als, mijlpaal: Mijlpaal) -> None:
    client, pad = als(mensen.eigen), f"/mijlpalen/{mijlpaal.pk}/uitstellen/"
    inhoud = tekst(client.post(pad, {"tot": "2028-01-01", "reden": KWAAD}), 422)
    assert "Uitstellen kan hoogstens 90 dagen" in inhoud
    assert "&lt;script&gt;" in inhoud
    assert 'value="2028-01-01"' in inhoud
    antwoord = client.post(pad, {"tot": "2027-01-12", "reden": KWAAD})
    assert antwoord["Location"] == f"/maatregelen/2026-1-01/#mijlpaal-{mijlpaal.pk}"
    inhoud = tekst(als(mensen.partner).get("/maatregelen/2026-1-01/"))
    assert "Eigen heeft de herinneringen <strong>uitgesteld tot 12 januari 2027</strong>: &lt;script&gt;" in inhoud
    assert "de escalatie gaat door" in inhoud
    assert KWAAD not in inhoud
    assert "U hebt uw herinneringen <strong>uitgesteld" in tekst(client.get("/maatregelen/2026-1-01/"))
    assert "Weer aanzetten" in tekst(client.get(MIJN))
    rij = Uitstel.objects.get()
    assert als(mensen.collega).post(MIJN, {"weer_aan": str(rij.pk)}).status_code == 404
    assert client.post(MIJN, {"weer_aan": str(rij.pk)}).status_code == 302
    assert "uitgesteld tot" not in tekst(als(mensen.partner).get("/maatregelen/2026-1-01/"))


def test_a_rest_ends_by_itself_and_with_the_milestone(mensen: Mensen, als: Als, mijlpaal: Mijlpaal) -> None:
    stel_uit(mijlpaal, mensen.eigen, tot=d("2026-12-01"), reden="Wacht.", vandaag=VANDAAG)
    client = als(mensen.partner)

    def staat_er() -> bool:
        return "uitgesteld tot" in tekst(client.get("/maatregelen/2026-1-01/"))

    assert staat_er()
    with time_machine.travel(datetime.datetime(2026, 12, 1, 6, 0, tzinfo=datetime.UTC)):
        client = als(mensen.partner)
        assert not staat_er()
    Mijlpaal.objects.filter(pk=mijlpaal.pk).update(behaald_op=VANDAAG, behaald_bewijs="Brief")
    client = als(mensen.partner)
    assert not staat_er()
    assert "Uitstellen kan hier niet." in tekst(als(mensen.eigen).get(f"/mijlpalen/{mijlpaal.pk}/uitstellen/"))


def test_rests_of_many_cost_the_page_of_a_measure_nothing_more(
    mensen: Mensen, als: Als, mijlpaal: Mijlpaal, django_assert_num_queries: Any
) -> None:
    client = als(mensen.partner)
    for hoeveel in (1, 3):
        een = MijlpaalFactory(maatregel=mijlpaal.maatregel, hardheid="streven")
        for _ in range(hoeveel):
            wie = PersoonFactory()
            LidmaatschapFactory(persoon=wie, organisatie=mensen.organisatie)
            stel_uit(een, wie, tot=d("2026-12-01"), reden="Wacht.", vandaag=VANDAAG)
        with django_assert_num_queries(17):
            client.get("/maatregelen/2026-1-01/")
