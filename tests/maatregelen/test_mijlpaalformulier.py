"""The form of a milestone and the page that tells what became of it: one field for words, nothing chosen silently."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from maatregelen.models import Herinnerregel, Mijlpaal, Persoon, Termijnwijziging
from maatregelen.templatetags.opmaak import datum
from maatregelen.termijnbewaking import wijzig_mijlpaal
from tests.conftest import Mensen
from tests.factories import MaatregelFactory, MijlpaalFactory
from tests.maatregelen.test_bijhouden import KWAAD, VEILIG, Als, _nu, tekst

__all__ = ["_nu"]

DAG = datetime.date
NIEUW = "/maatregelen/2024-2-03/mijlpalen/nieuw/"
WOORDEN = {
    "omschrijving": "Plan klaar", "termijn_tekst": "voor de zomer", "hardheid": "toezegging",
    "peildatum": "2026-11-01",
}  # fmt: skip


@pytest.fixture
def eigen(mensen: Mensen, als: Als) -> Client:
    """Who keeps the measure up."""
    MaatregelFactory(code="2024-2-03", trekker=mensen.organisatie)
    return als(mensen.eigen)


def stand(mijlpaal: Mijlpaal | None = None) -> tuple[Any, ...]:
    """The only milestone, or this one, as it is kept."""
    rij = Mijlpaal.objects.get(pk=mijlpaal.pk) if mijlpaal else Mijlpaal.objects.get()
    return rij.termijn_tekst, rij.begin, rij.einde, rij.precisie, rij.relatie


def opgestuurd(client: Client, pad: str, **anders: str) -> dict[str, str]:
    """What a browser sends when the form was opened and these fields were changed."""
    uit = {}
    for veld in client.get(pad).context["form"]:
        waarde = veld.value()
        if waarde not in (None, False, ""):
            uit[veld.name] = "on" if waarde is True else str(waarde)
    return {**uit, **anders}


# --- Reading while one types


@pytest.mark.parametrize(
    ("vraag", "zin"),
    [
        ({"tekst": "tweede helft 2026"}, "van 1 juli t/m 31 december 2026"),
        ({"tekst": "blabla"}, "geen datum: blijft vaag"),
        ({"tekst": "voor 1 mei", "peildatum": "2025-06-01"}, "t/m 30 april 2026"),
        ({"tekst": "binnen drie weken na de start"}, "Kies onder 'Datum zelf bepalen' waaraan de termijn hangt."),
        ({"tekst": "  "}, ""),
        ({}, ""),
    ],
)
def test_words_are_read_as_a_piece_of_a_page(eigen: Client, vraag: dict[str, str], zin: str) -> None:
    antwoord = eigen.get("/termijnen/lezen/", vraag)
    assert antwoord.status_code == 200
    assert zin in tekst(antwoord)
    assert (tekst(antwoord) == "") is (zin == "")
    assert "<html" not in tekst(antwoord)


def test_two_judgements_stand_beside_each_other(eigen: Client) -> None:
    vraag = {"tekst": "voor de zomer van 2027"}
    for keuze, gekozen in (("", "0"), ("0", "0"), ("1", "1")):
        inhoud = tekst(eigen.get("/termijnen/lezen/", {**vraag, "lezing": keuze}))
        assert inhoud.count('name="lezing"') == 2
        assert inhoud.count("checked") == 1
        assert f'value="{gekozen}" checked' in inhoud
        for woorden in ("t/m 20 juni 2027", "de zomer begint op 21 juni", "t/m 1 juli 2027", "zomerreces"):
            assert woorden in inhoud


def test_reading_costs_nothing_and_trusts_nothing(
    mensen: Mensen, als: Als, eigen: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(3):  # session, person, roles
        eigen.get("/termijnen/lezen/", {"tekst": "voor de zomer"})
    antwoord = eigen.get("/termijnen/lezen/", {"tekst": f"binnen drie weken na {KWAAD}"})
    assert "<script>" not in tekst(antwoord)
    for vraag in ({"tekst": "x" * 251}, {"tekst": "x", "peildatum": "1 mei"}, {"onbekend": "x"}, {"lezing": "2"},
                  {"tekst": "nul\x00"}):  # fmt: skip
        assert (vraag, eigen.get("/termijnen/lezen/", vraag).status_code) == (vraag, 400)
    assert eigen.post("/termijnen/lezen/", {"tekst": "x"}).status_code == 405
    assert als(mensen.rolloos).get("/termijnen/lezen/", {"tekst": "x"}).status_code == 403
    assert Client().get("/termijnen/lezen/", {"tekst": "x"}).status_code == 302


# --- Keeping


def test_words_alone_are_enough(eigen: Client) -> None:
    antwoord = eigen.post(NIEUW, {**WOORDEN, "termijn_tekst": "derde kwartaal 2027"}, follow=True)
    assert stand() == ("derde kwartaal 2027", DAG(2027, 7, 1), DAG(2027, 9, 30), "kwartaal", "in")
    assert "Termijn gelezen als: van 1 juli t/m 30 september 2027." in tekst(antwoord)
    assert not Termijnwijziging.objects.exists()


def test_what_is_not_understood_stays_vague_and_is_kept(eigen: Client) -> None:
    antwoord = eigen.post(NIEUW, {**WOORDEN, "termijn_tekst": "als het zover is"}, follow=True)
    assert stand() == ("als het zover is", None, None, "vaag", "op")
    assert "Termijn gelezen als: geen datum: blijft vaag." in tekst(antwoord)


@pytest.mark.parametrize(
    ("keuze", "einde", "zin", "noot"),
    [
        ({}, DAG(2027, 6, 20), "t/m 20 juni 2027 (of: voor het reces, t/m 1 juli 2027)", "t/m 1 juli 2027"),
        ({"lezing": "1"}, DAG(2027, 7, 1), "t/m 1 juli 2027 (of: voor de zomer, t/m 20 juni 2027)", "t/m 20 juni 2027"),
    ],
)
def test_neither_judgement_is_chosen_silently(
    eigen: Client, keuze: dict[str, str], einde: DAG, zin: str, noot: str
) -> None:
    """The other one is named when it is kept, and stays beside it on the page."""
    antwoord = eigen.post(NIEUW, {**WOORDEN, **keuze}, follow=True)
    assert stand()[2] == einde
    assert f"Termijn gelezen als: {zin}." in tekst(antwoord)
    assert f"Kan ook betekenen: {noot}." in tekst(eigen.get("/maatregelen/2024-2-03/"))
    # Opened again the choice is the one that was made, and sending it back changes nothing.
    pad = f"/mijlpalen/{Mijlpaal.objects.get().pk}/wijzigen/"
    assert eigen.get(pad).context["form"].gelezen().keuzes[int(keuze.get("lezing", "0"))].gekozen
    assert "Er was niets te wijzigen." in tekst(eigen.post(pad, opgestuurd(eigen, pad), follow=True))
    assert Mijlpaal.objects.get().versie == 1


def test_the_words_can_be_read_first_without_keeping_anything(eigen: Client) -> None:
    """The button that does without a script what the script does while one types."""
    half = {"termijn_tekst": "voor de zomer", "peildatum": "2026-11-01", "voor_wie": KWAAD, "hardheid": "norm",
            "begin": "geen dag", "lees": "ja"}  # fmt: skip
    antwoord = eigen.post(NIEUW, half)
    inhoud = tekst(antwoord)
    assert antwoord.status_code == 200
    assert not Mijlpaal.objects.exists()
    for woorden in ("t/m 20 juni 2027", "t/m 1 juli 2027", VEILIG, 'value="voor de zomer"', 'value="geen dag"'):
        assert woorden in inhoud
    assert '<option value="norm" selected' in inhoud
    assert "Dit is nog niet opgeslagen." not in inhoud
    assert "utrecht-form-field--invalid" not in inhoud
    mijlpaal = MijlpaalFactory(maatregel__code="2024-2-04", maatregel__trekker=Persoon.objects.get(
        email="eigen@voorbeeld.nl").lidmaatschappen.get().organisatie, voor_wie="COA")  # fmt: skip
    pad = f"/mijlpalen/{mijlpaal.pk}/wijzigen/"
    leeg = opgestuurd(eigen, pad, termijn_tekst="eind 2027", lees="ja", voor_wie="", reden="Getypte reden")
    inhoud = tekst(eigen.post(pad, leeg))
    assert "van 1 oktober t/m 31 december 2027" in inhoud
    assert "Getypte reden</textarea>" in inhoud
    assert 'value="COA"' not in inhoud
    assert stand(mijlpaal)[0] == "voor 31 december 2024"


@pytest.mark.parametrize(
    ("zelf", "verwacht"),
    [
        ({"einde": "2027-07-05"}, (None, DAG(2027, 7, 5), "dag", "uiterlijk")),
        ({"begin": "2027-07-05"}, (DAG(2027, 7, 5), None, "dag", "vanaf")),
        ({"begin": "2027-07-05", "einde": "2027-07-05"}, (DAG(2027, 7, 5), DAG(2027, 7, 5), "dag", "op")),
        ({"begin": "2027-06-01", "einde": "2027-07-05"}, (DAG(2027, 6, 1), DAG(2027, 7, 5), "periode", "tussen")),
        ({"einde": "2027-07-05", "precisie": "seizoen", "relatie": "voor"}, (None, DAG(2027, 7, 5), "seizoen", "voor")),
        ({"precisie": "vaag"}, (None, None, "vaag", "op")),
        # A relation alone is not a day: the words decide.
        ({"relatie": "tot"}, (None, DAG(2027, 6, 20), "seizoen", "voor")),
    ],
)
def test_days_by_hand_go_before_the_words_which_stay(
    eigen: Client, zelf: dict[str, str], verwacht: tuple[Any, ...]
) -> None:
    antwoord = eigen.post(NIEUW, {**WOORDEN, **zelf}, follow=True)
    assert stand() == ("voor de zomer", *verwacht)
    pad = f"/mijlpalen/{Mijlpaal.objects.get().pk}/wijzigen/"
    if "relatie" not in zelf or "einde" in zelf:
        assert "zoals u zelf bepaalde" in tekst(antwoord)
        assert "uit de woorden volgt: t/m 20 juni 2027." in tekst(antwoord)
        assert eigen.get(pad).context["form"].is_zelf_open()
    # Sent back as it is, it stays as it is; emptied, the words decide again.
    eigen.post(pad, opgestuurd(eigen, pad))
    assert (stand(), Mijlpaal.objects.get().versie) == (("voor de zomer", *verwacht), 1)
    leeg = {**dict.fromkeys(("begin", "einde", "precisie", "relatie"), ""), "reden": "Zoals het er staat."}
    eigen.post(pad, opgestuurd(eigen, pad, **leeg))
    assert stand() == ("voor de zomer", None, DAG(2027, 6, 20), "seizoen", "voor")


def test_a_termijn_that_recurs_says_so_and_makes_its_next(eigen: Client) -> None:
    eigen.post(NIEUW, {**WOORDEN, "termijn_tekst": "jaarlijks voor 1 mei"})
    rij = Mijlpaal.objects.get()
    assert (rij.herhaling, rij.einde) == ("P1Y", DAG(2027, 4, 30))
    assert "Komt elk jaar terug; de volgende komt er vanzelf bij" in tekst(eigen.get("/maatregelen/2024-2-03/"))
    eigen.post(f"/mijlpalen/{rij.pk}/behaald/", {"op": "2026-11-20", "bewijs": "Brief", "versie": "1"})
    nieuw = Mijlpaal.objects.get(vorige=rij)
    inhoud = tekst(eigen.get("/maatregelen/2024-2-03/"))
    assert f'volgende: <a href="#mijlpaal-{nieuw.pk}">t/m 30 apr 2028</a>' in inhoud
    # Once, against what the words say.
    pad = f"/mijlpalen/{nieuw.pk}/wijzigen/"
    eigen.post(pad, opgestuurd(eigen, pad, herhaling="geen"))
    assert Mijlpaal.objects.get(pk=nieuw.pk).herhaling == ""
    assert opgestuurd(eigen, pad)["herhaling"] == "geen"


# --- Hanging on an event


def test_a_termijn_waits_for_a_milestone_and_gets_its_day(eigen: Client, mensen: Mensen) -> None:
    besluit = MijlpaalFactory(maatregel=MaatregelFactory(pijler=_pijler(), titel="Ander"), omschrijving="Het besluit")
    vreemd = MijlpaalFactory(omschrijving="Van een andere agenda")
    inhoud = tekst(eigen.get(NIEUW))
    assert f'<option value="m{besluit.pk}"' in inhoud
    assert f'<option value="m{vreemd.pk}"' not in inhoud
    antwoord = eigen.post(
        NIEUW,
        {**WOORDEN, "termijn_tekst": "binnen drie maanden na het besluit", "hangt_aan": f"m{besluit.pk}"},
        follow=True,
    )
    rij = Mijlpaal.objects.get(na_mijlpaal=besluit)
    assert "Termijn gelezen als: wacht op: Het besluit." in tekst(antwoord)
    assert (rij.duur, rij.gebeurtenis, rij.is_vaag) == ("P3M", "het besluit", True)
    assert f'Wacht op: <a href="/maatregelen/{besluit.maatregel.code}/#mijlpaal-{besluit.pk}">' in tekst(antwoord)
    pad = f"/mijlpalen/{rij.pk}/wijzigen/"
    eigen.post(pad, opgestuurd(eigen, pad))
    assert Mijlpaal.objects.get(pk=rij.pk).versie == 1
    Mijlpaal.objects.filter(pk=besluit.pk).update(behaald_op=DAG(2026, 11, 1), behaald_bewijs="Brief")
    eigen.post(pad, opgestuurd(eigen, pad, omschrijving="Anders"))
    assert stand(rij)[2] == DAG(2027, 2, 1)
    inhoud = tekst(eigen.get("/maatregelen/2024-2-03/"))
    assert "Geteld vanaf:" in inhoud
    assert "behaald op 1 november 2026" in inhoud
    assert "Bepaald door een gebeurtenis" in inhoud


def _pijler() -> Any:
    return Mijlpaal._meta.get_field("maatregel").related_model.objects.get(code="2024-2-03").pijler


def test_a_termijn_waits_for_a_stage(eigen: Client) -> None:
    eigen.post(NIEUW, {**WOORDEN, "termijn_tekst": "binnen zes weken na inwerkingtreding",
                       "hangt_aan": "finwerkingtreding"})  # fmt: skip
    assert "Wacht op: inwerkingtreding" in tekst(eigen.get("/maatregelen/2024-2-03/"))
    pad = "/maatregelen/2024-2-03/wetstraject/"
    eigen.post(pad, {"soort": "wet", "versie": "0"})
    eigen.post(pad, {"fase": "inwerkingtreding", "bereikt_op": "2026-11-01", "bron": "Stb."})
    assert stand()[1:] == (None, DAG(2026, 12, 13), "week", "binnen")


def test_a_circle_is_refused_where_it_was_chosen(eigen: Client) -> None:
    maatregel = MaatregelFactory(pijler=_pijler())
    een = MijlpaalFactory(maatregel=maatregel, termijn_tekst="binnen drie weken na het besluit", einde=None,
                          precisie="vaag", relatie="binnen", duur="P3W", gebeurtenis="het besluit")  # fmt: skip
    eigen.post(NIEUW, {**WOORDEN, "termijn_tekst": "binnen drie weken na de start", "hangt_aan": f"m{een.pk}"})
    twee = Mijlpaal.objects.get(na_mijlpaal=een)
    maatregel.betrokkenheden.create(
        organisatie=_pijler().maatregelen.get(code="2024-2-03").betrokkenheden.get().organisatie,
        rol="verantwoordelijk", herkomst="toegewezen", vanaf=maatregel.geldt_vanaf,
    )  # fmt: skip
    pad = f"/mijlpalen/{een.pk}/wijzigen/"
    antwoord = eigen.post(pad, opgestuurd(eigen, pad, hangt_aan=f"m{twee.pk}"))
    assert (antwoord.status_code, list(antwoord.context["form"].errors)) == (422, ["hangt_aan"])
    assert "hangt zelf aan deze" in tekst(antwoord)
    assert f'<option value="m{twee.pk}" selected' in tekst(antwoord)


# --- Changing


def test_a_move_asks_why_and_keeps_what_was_typed(eigen: Client, mensen: Mensen) -> None:
    eigen.post(NIEUW, WOORDEN)
    pad = f"/mijlpalen/{Mijlpaal.objects.get().pk}/wijzigen/"
    later = opgestuurd(eigen, pad, termijn_tekst="eind 2027", omschrijving="Getypt", lezing="0")
    for anders in ({}, {"reden": "  "}, {"is_herstel": "on"}):
        antwoord = eigen.post(pad, {**later, **anders})
        assert (antwoord.status_code, list(antwoord.context["form"].errors)) == (422, ["reden"])
        for woorden in ('value="Getypt"', 'value="eind 2027"', "van 1 oktober t/m 31 december 2027"):
            assert woorden in tekst(antwoord)
        assert ("checked" in tekst(antwoord)) is ("is_herstel" in anders)
    antwoord = eigen.post(pad, {**later, "reden": f"Meer tijd. {KWAAD}"}, follow=True)
    inhoud = tekst(antwoord)
    assert "Opgeslagen. Termijn gelezen als: van 1 oktober t/m 31 december 2027." in inhoud
    for woorden in ("1 keer verplaatst", "Eerdere termijnen", "Uitgesteld", VEILIG, "22 nov 2026, Eigen",
                    "Oorspronkelijk", "voor de zomer"):  # fmt: skip
        assert woorden in inhoud
    assert "termijnverhaal__regel--verplaatst" in inhoud
    # Sharper is another kind of change, and no move.
    eigen.post(pad, opgestuurd(eigen, pad, termijn_tekst="op 15 november 2027"))
    inhoud = tekst(eigen.get("/maatregelen/2024-2-03/"))
    assert "Preciezer gemaakt" in inhoud
    assert inhoud.count("termijnverhaal__regel--verplaatst") == 1
    assert "2 keer verplaatst" not in inhoud


def test_two_people_at_one_termijn(eigen: Client, mensen: Mensen, als: Als) -> None:
    """Who left the termijn alone takes the other one's whole; who changed it too sees both and decides."""
    eigen.post(NIEUW, WOORDEN)
    rij = Mijlpaal.objects.get()
    pad = f"/mijlpalen/{rij.pk}/wijzigen/"
    mijn = opgestuurd(eigen, pad, omschrijving="Van mij")
    collega = als(mensen.collega)
    collega.post(pad, opgestuurd(collega, pad, einde="2027-12-31", reden="Zo besloten."))
    antwoord = eigen.post(pad, mijn)
    assert antwoord.status_code == 409
    # The moment is that of the database, whatever the clock of the test says.
    gewijzigd_op = Mijlpaal.pgh_event_model.objects.latest("pgh_created_at").pgh_created_at  # type: ignore[attr-defined]
    assert f"Collega wijzigde dit op {datum(timezone.localdate(gewijzigd_op))}" in tekst(antwoord)
    assert "20-06-2027</td><td>31-12-2027" in tekst(antwoord)
    form = antwoord.context["form"]
    assert {naam: form[naam].value() for naam in ("omschrijving", "termijn_tekst", "einde", "precisie", "versie")} == {
        "omschrijving": "Van mij", "termijn_tekst": "voor de zomer", "einde": "2027-12-31", "precisie": "dag",
        "versie": "2",
    }  # fmt: skip
    opnieuw = {veld.name: veld.value() for veld in form if veld.value() not in (None, False, "")}
    assert eigen.post(pad, opnieuw).status_code == 302
    assert (stand(), Mijlpaal.objects.get().omschrijving) == (
        ("voor de zomer", None, DAG(2027, 12, 31), "dag", "uiterlijk"), "Van mij",
    )  # fmt: skip
    assert Termijnwijziging.objects.count() == 1
    # Now both change the termijn.
    mijn = opgestuurd(eigen, pad, termijn_tekst="eind 2028", einde="", precisie="", relatie="", reden="Van mij.")
    collega.post(pad, opgestuurd(collega, pad, einde="2028-03-01", reden="Van de collega."))
    antwoord = eigen.post(pad, mijn)
    assert antwoord.status_code == 409
    assert antwoord.context["form"]["termijn_tekst"].value() == "eind 2028"
    assert antwoord.context["form"]["reden"].value() == "Van mij."


# --- Telling


def test_what_is_vague_for_long_is_said_where_signals_are(eigen: Client, mensen: Mensen) -> None:
    maatregel = _pijler().maatregelen.get(code="2024-2-03")
    vaag = {"maatregel": maatregel, "einde": None, "precisie": "vaag", "relatie": "op", "termijn_tekst": "binnenkort"}
    MijlpaalFactory(**vaag, omschrijving="Lang", peildatum=DAG(2026, 4, 24))
    MijlpaalFactory(**vaag, omschrijving="Kort", peildatum=DAG(2026, 11, 1))
    zin = "Al 212 dagen zonder datum: Lang"
    for pad in ("/maatregelen/2024-2-03/", "/maatregelen/", "/maatregelen/?signaal=al_lang_vaag", "/termijnen/",
                "/termijnen/?alLangVaag=true"):  # fmt: skip
        inhoud = tekst(eigen.get(pad))
        assert (pad, zin in inhoud, "zonder datum: Kort" in inhoud) == (pad, True, False)
    assert eigen.get("/termijnen/?alLangVaag=true").context["totaal"] == 1
    assert eigen.get("/termijnen/?alLangVaag=false").context["totaal"] == 1
    Herinnerregel.objects.create(hardheid="toezegging", fijnheid="vaag", vaag_na=300)
    for pad in ("/maatregelen/2024-2-03/", "/maatregelen/", "/termijnen/"):
        assert zin not in tekst(eigen.get(pad))
    assert eigen.get("/maatregelen/?signaal=al_lang_vaag").context["pagina"].paginator.count == 0


@pytest.mark.parametrize("aantal", [1, 3])
def test_lists_show_moves_without_asking_per_row(
    eigen: Client, mensen: Mensen, django_assert_num_queries: Callable[..., Any], aantal: int
) -> None:
    for nummer in range(aantal):
        rij = MijlpaalFactory(
            maatregel__trekker=mensen.organisatie, omschrijving=f"Mijlpaal {nummer}", einde=DAG(2026, 12, 1)
        )
        for dag in (5, 10):
            wijzig_mijlpaal(rij, {"einde": DAG(2026, 12, dag)}, reden="Later.", door=mensen.eigen, versie=None)
    for pad, queries in (("/", 18), ("/termijnen/", 8), ("/organisaties/szw/", 17)):
        with django_assert_num_queries(queries):
            inhoud = tekst(eigen.get(pad))
        assert inhoud.count("2 keer verplaatst") >= aantal, pad
