"""Milestones by the API: the words are read, days by hand go before, a move needs a reason, and who may do so."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from maatregelen.models import Maatregel, Mijlpaal, Persoon, Termijnwijziging
from maatregelen.termijnbewaking import wijzig_mijlpaal
from tests.conftest import Mensen
from tests.factories import AgendaFactory, MaatregelFactory, MijlpaalFactory

DAG = datetime.date
NU = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)
Sleutel = Callable[..., dict[str, str]]
Stuur = Callable[..., Any]


@pytest.fixture(autouse=True)
def _nu() -> Any:
    with time_machine.travel(NU, tick=True):
        yield


@pytest.fixture
def stuur(client: Client, sleutel: Sleutel, mensen: Mensen) -> Stuur:
    """Send JSON as somebody (by default who keeps the measure up): the answer and its status."""

    def doen(methode: str, pad: str, inhoud: Any, wie: Persoon | None = None, **koppen: str) -> Any:
        kop = {**sleutel(wie or mensen.eigen, schrijven=True), **koppen}
        return getattr(client, methode)(f"/api/v1{pad}", inhoud, content_type="application/json", headers=kop)

    return doen


@pytest.fixture
def maatregel(mensen: Mensen) -> Maatregel:
    return MaatregelFactory(code="2024-2-03", trekker=mensen.organisatie)


NIEUW = "/maatregelen/2024-2-03/mijlpalen"
ZOMER = {"omschrijving": "Plan klaar", "termijnTekst": "voor de zomer", "peildatum": "2026-11-01"}


def test_words_are_read_and_the_other_judgement_is_told(stuur: Stuur, maatregel: Maatregel, mensen: Mensen) -> None:
    antwoord = stuur("post", NIEUW, ZOMER)
    inhoud = antwoord.json()
    assert antwoord.status_code == 201
    mijlpaal = Mijlpaal.objects.get()
    assert antwoord["Location"].endswith(f"/api/v1/mijlpalen/{mijlpaal.pk}")
    assert {naam: inhoud[naam] for naam in ("id", "maatregel", "omschrijving", "termijnTekst", "begin", "einde",
                                            "precisie", "relatie", "hardheid", "versie", "uitleg", "alternatief",
                                            "wijzigingen", "aantalVerplaatst", "oorspronkelijk")} == {
        "id": mijlpaal.pk, "maatregel": "2024-2-03", "omschrijving": "Plan klaar", "termijnTekst": "voor de zomer",
        "begin": None, "einde": "2027-06-20", "precisie": "seizoen", "relatie": "voor", "hardheid": "toezegging",
        "versie": 1, "uitleg": "t/m 20 juni 2027 (of: voor het reces, t/m 1 juli 2027)",
        "alternatief": {"begin": None, "einde": "2027-07-01", "precisie": "seizoen", "relatie": "voor"},
        "wijzigingen": [], "aantalVerplaatst": 0,
        "oorspronkelijk": {"termijnTekst": "voor de zomer", "begin": None, "einde": "2027-06-20"},
    }  # fmt: skip
    assert mijlpaal.peildatum == DAG(2026, 11, 1)


@pytest.mark.parametrize(
    ("gestuurd", "verwacht"),
    [
        ({"einde": "2027-07-01"}, ("voor de zomer", None, "2027-07-01", "dag", "uiterlijk")),
        ({"einde": "2027-07-01", "precisie": "seizoen", "relatie": "voor"},
         ("voor de zomer", None, "2027-07-01", "seizoen", "voor")),
        ({"begin": "2027-06-01", "einde": "2027-06-30"},
         ("voor de zomer", "2027-06-01", "2027-06-30", "periode", "tussen")),
        ({"precisie": "vaag"}, ("voor de zomer", None, None, "vaag", "op")),
        ({"termijnTekst": "binnenkort"}, ("binnenkort", None, None, "vaag", "op")),
        ({"termijnTekst": "als het zover is", "begin": None, "einde": None},
         ("als het zover is", None, None, "vaag", "op")),
        ({"termijnTekst": "jaarlijks voor 1 mei"}, ("jaarlijks voor 1 mei", None, "2027-04-30", "dag", "voor")),
    ],
)  # fmt: skip
def test_days_by_hand_go_before_the_words(
    stuur: Stuur, maatregel: Maatregel, gestuurd: dict[str, Any], verwacht: tuple[Any, ...]
) -> None:
    inhoud = stuur("post", NIEUW, {**ZOMER, **gestuurd}).json()
    assert tuple(inhoud[naam] for naam in ("termijnTekst", "begin", "einde", "precisie", "relatie")) == verwacht
    assert inhoud["alternatief"] is None or gestuurd.get("einde") == "2027-07-01"


def test_what_is_wrong_is_said_per_field_and_makes_nothing(stuur: Stuur, maatregel: Maatregel) -> None:
    vreemd = MijlpaalFactory(maatregel__pijler__agenda=AgendaFactory())
    for fout, veld in (
        ({"omschrijving": ""}, "omschrijving"),
        ({"omschrijving": None}, "omschrijving"),
        ({"termijnTekst": "x" * 251}, "termijnTekst"),
        ({"termijnTekst": "nul\x00"}, "termijnTekst"),
        ({"peildatum": "1 mei"}, "peildatum"),
        ({"peildatum": "1800-01-01"}, "peildatum"),
        ({"einde": "2027-02-30"}, "einde"),
        ({"einde": "9999-12-31"}, "einde"),
        ({"begin": "2027-07-01", "einde": "2027-06-30"}, "einde"),
        ({"precisie": "vaag", "einde": "2027-06-30"}, "einde"),
        ({"precisie": "dag"}, "einde"),
        ({"precisie": "ongeveer"}, "precisie"),
        ({"hardheid": "zacht"}, "hardheid"),
        ({"naFase": "ooit"}, "naFase"),
        ({"naFase": "advies"}, "naFase"),
        ({"naMijlpaal": 999999}, "naMijlpaal"),
        ({"naMijlpaal": vreemd.pk, "termijnTekst": "binnen drie weken na het besluit"}, "naMijlpaal"),
        ({"naMijlpaal": vreemd.pk, "einde": "2027-06-30"}, "naMijlpaal"),
        ({"eind": "2027-06-30"}, "eind"),
        ({"versie": 1}, "versie"),
        ({"behaaldOp": "2026-01-01"}, "behaaldOp"),
    ):
        antwoord = stuur("post", NIEUW, {**ZOMER, **fout})
        assert (fout, antwoord.status_code, list(antwoord.json()["errors"])) == (fout, 400, [veld])
    assert stuur("post", NIEUW, [ZOMER]).status_code == 400
    assert Mijlpaal.objects.count() == 1
    assert stuur("post", NIEUW, ZOMER).status_code == 201
    antwoord = stuur("post", NIEUW, ZOMER)
    assert (antwoord.status_code, list(antwoord.json()["errors"])) == (400, ["omschrijving"])


def test_a_termijn_hangs_on_a_milestone(stuur: Stuur, maatregel: Maatregel) -> None:
    besluit = MijlpaalFactory(maatregel=maatregel, behaald_op=DAG(2026, 11, 1), behaald_bewijs="Brief")
    inhoud = stuur(
        "post", NIEUW,
        {"omschrijving": "Rapport", "termijnTekst": "binnen zes weken na het besluit", "naMijlpaal": besluit.pk},
    ).json()  # fmt: skip
    assert (inhoud["einde"], inhoud["precisie"], inhoud["duur"], inhoud["gebeurtenis"], inhoud["naMijlpaal"]) == (
        "2026-12-13", "week", "P6W", "het besluit", besluit.pk,
    )  # fmt: skip
    assert [rij["soort"] for rij in inhoud["wijzigingen"]] == ["bepaald"]
    antwoord = stuur("patch", f"/mijlpalen/{inhoud['id']}", {"naMijlpaal": None, "termijnTekst": "voor 1 mei 2027",
                                                            "reden": "Los van het besluit."})  # fmt: skip
    assert (antwoord.status_code, antwoord.json()["einde"], antwoord.json()["naMijlpaal"]) == (200, "2027-04-30", None)


def test_a_move_needs_a_reason_and_keeps_its_history(stuur: Stuur, maatregel: Maatregel, mensen: Mensen) -> None:
    rij = stuur("post", NIEUW, ZOMER).json()
    pad = f"/mijlpalen/{rij['id']}"
    antwoord = stuur("patch", pad, {"termijnTekst": "derde kwartaal 2027"})
    assert (antwoord.status_code, list(antwoord.json()["errors"])) == (400, ["reden"])
    assert stuur("patch", pad, {"termijnTekst": "derde kwartaal 2027", "isHerstel": True}).status_code == 400
    antwoord = stuur("patch", pad, {"termijnTekst": "derde kwartaal 2027", "reden": "De Raad is later."})
    inhoud = antwoord.json()
    assert (antwoord.status_code, inhoud["einde"], inhoud["versie"], inhoud["aantalVerplaatst"]) == (
        200, "2027-09-30", 2, 1,
    )  # fmt: skip
    assert inhoud["oorspronkelijk"] == {"termijnTekst": "voor de zomer", "begin": None, "einde": "2027-06-20"}
    assert inhoud["wijzigingen"] == [
        {
            "soort": "uitgesteld", "vanTekst": "voor de zomer", "vanBegin": None, "vanEinde": "2027-06-20",
            "naarTekst": "derde kwartaal 2027", "naarBegin": "2027-07-01", "naarEinde": "2027-09-30",
            "reden": "De Raad is later.", "door": "Eigen",
            "vastgelegdOp": Termijnwijziging.objects.get().vastgelegd_op.isoformat().replace("+00:00", "Z"),
        }
    ]  # fmt: skip
    # Sharper, and what is no termijn: neither asks for a reason, and what was left out stays.
    inhoud = stuur("patch", pad, {"termijnTekst": "op 15 september 2027", "hardheid": "wettelijk"}).json()
    assert (inhoud["begin"], inhoud["hardheid"], inhoud["omschrijving"], inhoud["aantalVerplaatst"]) == (
        "2027-09-15", "wettelijk", "Plan klaar", 1,
    )  # fmt: skip
    inhoud = stuur("patch", pad, {"begin": None, "reden": "Toch ruimer."}).json()
    assert (inhoud["begin"], inhoud["einde"], inhoud["termijnTekst"]) == (None, "2027-09-15", "op 15 september 2027")
    assert stuur("patch", pad, {}).json()["versie"] == inhoud["versie"]


def test_an_older_version_changes_nothing(stuur: Stuur, maatregel: Maatregel, client: Client, sleutel: Sleutel,
                                         mensen: Mensen) -> None:  # fmt: skip
    rij = stuur("post", NIEUW, ZOMER).json()
    pad = f"/mijlpalen/{rij['id']}"
    oud = client.get(f"/api/v1{pad}", headers=sleutel(mensen.eigen))["ETag"]
    assert stuur("patch", pad, {"hardheid": "norm", "versie": 1}, **{"If-Match": oud}).status_code == 200
    for inhoud, koppen in (({"versie": 1}, {}), ({}, {"If-Match": oud})):
        antwoord = stuur("patch", pad, {"hardheid": "streven", **inhoud}, **koppen)
        assert antwoord.status_code == 409
    # The form is judged before the version.
    assert stuur("patch", pad, {"hardheid": "x", "versie": 1}).status_code == 400
    assert Mijlpaal.objects.get().hardheid == "norm"
    nieuw = client.get(f"/api/v1{pad}", headers=sleutel(mensen.eigen))["ETag"]
    antwoord = stuur("patch", pad, {"hardheid": "streven"}, **{"If-Match": nieuw})
    assert antwoord.status_code == 200
    assert antwoord["ETag"] == client.get(f"/api/v1{pad}", headers=sleutel(mensen.eigen))["ETag"]


@pytest.mark.parametrize("wie", ["vreemd", "partner", "secretariaat", "beheerder"])
def test_others_are_refused_before_anything_is_read(
    stuur: Stuur, maatregel: Maatregel, mensen: Mensen, wie: str
) -> None:
    mijlpaal = MijlpaalFactory(maatregel=maatregel)
    persoon = getattr(mensen, wie)
    for inhoud in (ZOMER, {"onzin": 1}):
        assert stuur("post", NIEUW, inhoud, persoon).status_code == 403
        assert stuur("patch", f"/mijlpalen/{mijlpaal.pk}", inhoud, persoon).status_code == 403
    assert list(Mijlpaal.objects.values_list("versie")) == [(1,)]


def test_of_nobody_it_is_the_secretariaat_that_writes(stuur: Stuur, mensen: Mensen) -> None:
    MaatregelFactory(code="2024-2-03")
    assert stuur("post", NIEUW, ZOMER).status_code == 403
    assert stuur("post", NIEUW, ZOMER, mensen.secretariaat).status_code == 201


def test_who_sees_nothing_finds_nothing(stuur: Stuur, maatregel: Maatregel, mensen: Mensen) -> None:
    mijlpaal = MijlpaalFactory(maatregel=maatregel)
    for wie in (mensen.eigen, mensen.rolloos):
        pad = "/maatregelen/bestaat-niet/mijlpalen" if wie == mensen.eigen else NIEUW
        assert stuur("post", pad, ZOMER, wie).status_code == 404
        sleutel = 999999 if wie == mensen.eigen else mijlpaal.pk
        assert stuur("patch", f"/mijlpalen/{sleutel}", {"hardheid": "norm"}, wie).status_code == 404


def test_a_reading_token_writes_nothing(client: Client, sleutel: Sleutel, maatregel: Maatregel, mensen: Mensen) -> None:
    mijlpaal = MijlpaalFactory(maatregel=maatregel)
    alleen_lezen = sleutel(mensen.eigen)
    opties = {"content_type": "application/json", "headers": alleen_lezen}
    assert client.post(f"/api/v1{NIEUW}", ZOMER, **opties).status_code == 403
    assert client.patch(f"/api/v1/mijlpalen/{mijlpaal.pk}", {"hardheid": "norm"}, **opties).status_code == 403
    assert client.post(f"/api/v1{NIEUW}", ZOMER, content_type="application/json").status_code == 401
    assert Mijlpaal.objects.get().hardheid == "toezegging"


def test_by_a_day_only_what_was_known_then(stuur: Stuur, client: Client, sleutel: Sleutel, maatregel: Maatregel,
                                           mensen: Mensen) -> None:  # fmt: skip
    mijlpaal = MijlpaalFactory(maatregel=maatregel)
    for dag in (10, 20):
        wijzig_mijlpaal(
            mijlpaal, {"einde": DAG(2027, 1, dag)}, reden="Later.", door=mensen.eigen, versie=None,
            moment=datetime.datetime(2026, 11, dag, 12, tzinfo=datetime.UTC),
        )  # fmt: skip

    def aantal(dag: str) -> tuple[int, int]:
        vraag = f"/api/v1/mijlpalen/{mijlpaal.pk}{dag}"
        rij = client.get(vraag, headers=sleutel(mensen.partner)).json()
        return rij["aantalVerplaatst"], len(rij["wijzigingen"])

    assert [aantal(dag) for dag in ("", "?peildatum=2026-11-15", "?peildatum=2026-11-01")] == [(2, 2), (1, 1), (0, 0)]


def test_the_change_feed_tells_of_a_move(stuur: Stuur, client: Client, sleutel: Sleutel, maatregel: Maatregel,
                                         mensen: Mensen) -> None:  # fmt: skip
    rij = stuur("post", NIEUW, ZOMER).json()
    stuur("patch", f"/mijlpalen/{rij['id']}", {"termijnTekst": "voor 1 oktober 2027", "reden": "Later."})
    feed = client.get("/api/v1/wijzigingen?soort=termijnwijziging", headers=sleutel(mensen.partner)).json()["results"]
    assert [(regel["soort"], regel["sleutel"], regel["maatregel"], regel["actie"]) for regel in feed] == [
        ("termijnwijziging", str(Termijnwijziging.objects.get().pk), "2024-2-03", "toegevoegd")
    ]
