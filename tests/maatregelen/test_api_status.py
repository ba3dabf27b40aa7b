"""Changing a status over the API: rights, then the form, then whether it can be as things stand. Nothing by halves."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from maatregelen.models import Maatregel, Statuswijziging
from maatregelen.statuswissel import wijzig_status
from tests.conftest import Mensen
from tests.factories import MaatregelFactory

Sleutel = Callable[..., dict[str, str]]
GOED = {"status": "in_uitvoering", "toelichting": "Het besluit is genomen."}
pytestmark = pytest.mark.usefixtures("_op_17_december")


@pytest.fixture
def _op_17_december() -> Any:
    """A Tuesday in December 2024."""
    with time_machine.travel(datetime.datetime(2024, 12, 17, 9, 30, tzinfo=datetime.UTC), tick=False):
        yield


@pytest.fixture
def maatregel(mensen: Mensen) -> Maatregel:
    """A measure of SZW."""
    gemaakt: Maatregel = MaatregelFactory(code="2024-2-03", trekker=mensen.organisatie)
    return gemaakt


@pytest.fixture
def stuur(client: Client, sleutel: Sleutel, mensen: Mensen, maatregel: Maatregel) -> Callable[..., Any]:
    """Ask for another status; answers (HTTP status, JSON)."""

    def doen(
        lijf: Any, wie: Any = None, code: str = "2024-2-03", schrijven: bool = True, **koppen: str
    ) -> tuple[int, Any]:
        antwoord = client.post(
            f"/api/v1/maatregelen/{code}/status",
            lijf,
            "application/json",
            headers={**sleutel(wie or mensen.eigen, schrijven=schrijven), **koppen},
        )
        if antwoord.status_code >= 400:
            assert antwoord["Content-Type"] == "application/problem+json"
        return antwoord.status_code, antwoord.json()

    return doen


def ongewijzigd() -> bool:
    """Whether the measure is as it was made."""
    stand = Maatregel.objects.values_list("status", "versie").get(code="2024-2-03")
    return stand == ("aangekondigd", 1) and Statuswijziging.objects.filter(maatregel__code="2024-2-03").count() == 1


def test_a_status_is_changed_and_both_rows_come_back(
    stuur: Callable[..., Any], client: Client, sleutel: Sleutel, mensen: Mensen
) -> None:
    code, inhoud = stuur({**GOED, "per": "2024-12-16", "versie": 1})
    rij = Statuswijziging.objects.get(van="aangekondigd")
    assert code == 201
    assert inhoud["statuswijziging"] == {
        "id": rij.pk,
        "maatregel": "2024-2-03",
        "van": "aangekondigd",
        "naar": "in_uitvoering",
        "per": "2024-12-16",
        "toelichting": "Het besluit is genomen.",
        "door": "Eigen",
        "vastgelegdOp": "2024-12-17T09:30:00Z",
    }
    assert (rij.door, rij.per) == (mensen.eigen, datetime.date(2024, 12, 16))
    kop = sleutel(mensen.partner)
    assert inhoud["maatregel"] == client.get("/api/v1/maatregelen/2024-2-03", headers=kop).json()
    assert (inhoud["maatregel"]["status"], inhoud["maatregel"]["versie"]) == ("in_uitvoering", 2)
    assert client.get(f"/api/v1/statuswijzigingen/{rij.pk}", headers=kop).json() == inhoud["statuswijziging"]


def test_without_a_day_it_is_today(stuur: Callable[..., Any]) -> None:
    assert stuur(GOED)[1]["statuswijziging"]["per"] == "2024-12-17"


SLECHT: list[tuple[Any, set[str]]] = [
    ({}, {"status", "toelichting"}),
    ({"status": "onzin", "toelichting": " "}, {"status", "toelichting"}),
    ({**GOED, "status": None}, {"status"}),
    ({**GOED, "status": ["in_uitvoering"]}, {"status"}),
    ({**GOED, "toelichting": "a\x00b"}, {"toelichting"}),
    ({**GOED, "toelichting": "x" * 5001}, {"toelichting"}),
    ({**GOED, "per": "2024-12-18"}, {"per"}),
    ({**GOED, "per": "2024-09-25"}, {"per"}),
    ({**GOED, "per": "17-12-2024"}, {"per"}),
    ({**GOED, "per": "0000-00-00"}, {"per"}),
    ({**GOED, "versie": 0}, {"versie"}),
    ({**GOED, "versie": "een"}, {"versie"}),
    ({**GOED, "versie": 10**30}, {"versie"}),
    ({**GOED, "toelichtingg": "x", "\u0000": 1}, {"toelichtingg", "\u0000"}),
    ([], {"non_field_errors"}),
    ('"tekst"', {"non_field_errors"}),
    (None, {"non_field_errors"}),
]


@pytest.mark.parametrize(("lijf", "velden"), SLECHT)
def test_a_wrong_form_is_refused_per_field(stuur: Callable[..., Any], lijf: Any, velden: set[str]) -> None:
    code, inhoud = stuur("null" if lijf is None else lijf)
    assert (code, set(inhoud["errors"])) == (400, velden)
    assert ongewijzigd()


@pytest.mark.parametrize(
    "ruw", ["{", '{"status": NaN}', '"\\ud800"', "[" * 20000, "{'status': 1}", "\x00", '{"toelichting": "\\ud800"}']
)
def test_what_is_no_json_is_refused(stuur: Callable[..., Any], ruw: str) -> None:
    assert stuur(ruw)[0] == 400
    assert ongewijzigd()


def test_another_kind_of_body_and_too_much_of_it(
    client: Client, sleutel: Sleutel, mensen: Mensen, maatregel: Maatregel
) -> None:
    kop = sleutel(mensen.eigen, schrijven=True)
    pad = "/api/v1/maatregelen/2024-2-03/status"
    for soort in (
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain",
        "application/xml",
    ):
        antwoord = client.generic("POST", pad, "status=in_uitvoering", soort, headers=kop)
        assert (antwoord.status_code, antwoord.json()["title"]) == (415, "Soort gegevens niet ondersteund")
    groot = client.generic("POST", pad, b" " * (1024 * 1024 + 1), "application/json", headers=kop)
    assert (groot.status_code, groot.json()["detail"]) == (413, "De aanvraag is te groot.")
    for methode in ("get", "put", "patch", "delete"):
        antwoord = getattr(client, methode)(pad, headers=kop)
        assert (antwoord.status_code, antwoord["Allow"]) == (405, "POST")
    assert ongewijzigd()


@pytest.mark.parametrize("lijf", [GOED, {}, {**GOED, "status": "afgesloten"}, "{"])
@pytest.mark.parametrize(
    ("naam", "code"),
    [("vreemd", 403), ("partner", 403), ("secretariaat", 403), ("beheerder", 403), ("rolloos", 404)],
)
def test_rights_come_before_the_form_and_the_move(
    stuur: Callable[..., Any], mensen: Mensen, naam: str, code: int, lijf: Any
) -> None:
    assert stuur(lijf, getattr(mensen, naam))[0] == code
    assert stuur(lijf, code="bestaat-niet")[0] == 404
    assert ongewijzigd()


def test_a_colleague_may_and_the_secretariaat_where_nobody_is_responsible(
    stuur: Callable[..., Any], mensen: Mensen
) -> None:
    MaatregelFactory(code="wees")
    assert stuur(GOED, mensen.collega)[0] == 201
    assert stuur(GOED, mensen.eigen, "wees")[0] == 403
    assert stuur(GOED, mensen.secretariaat, "wees")[0] == 201


def test_the_form_comes_before_the_move(stuur: Callable[..., Any]) -> None:
    assert stuur({"status": "afgesloten", "toelichting": ""})[0] == 400
    assert stuur({"status": "afgesloten", "toelichting": "x", "per": "2024-12-18"}, **{"If-Match": '"oud"'})[0] == 400
    code, inhoud = stuur({"status": "afgesloten", "toelichting": "x"})
    assert code == 409
    assert inhoud["title"] == "Conflict"
    assert inhoud["detail"].startswith("Van 'aangekondigd' naar 'afgesloten' kan niet. Mogelijk: in voorbereiding,")
    assert stuur({**GOED, "status": "aangekondigd"})[0] == 409
    assert ongewijzigd()


def test_who_looked_at_something_older_changes_nothing(
    stuur: Callable[..., Any], client: Client, sleutel: Sleutel, mensen: Mensen, maatregel: Maatregel
) -> None:
    kop = sleutel(mensen.eigen)
    kenmerk = client.get("/api/v1/maatregelen/2024-2-03", headers=kop)["ETag"]
    wijzig_status(maatregel, "in_voorbereiding", door=mensen.collega, toelichting="Ik was eerst.")
    for oud in ({"If-Match": kenmerk}, {"If-Match": '"onzin"'}):
        assert stuur(GOED, **oud)[0] == 409
    assert stuur({**GOED, "versie": 1})[0] == 409
    nieuw = client.get("/api/v1/maatregelen/2024-2-03", headers=kop)["ETag"]
    assert stuur({**GOED, "versie": 1}, **{"If-Match": nieuw})[0] == 409
    assert Maatregel.objects.get(pk=maatregel.pk).status == "in_voorbereiding"
    assert stuur(GOED, **{"If-Match": nieuw})[0] == 201


def test_a_change_before_the_last_one_is_a_conflict(stuur: Callable[..., Any]) -> None:
    assert stuur({**GOED, "per": "2024-12-10"})[0] == 201
    code, inhoud = stuur({"status": "aangehouden", "toelichting": "x", "per": "2024-12-09"})
    assert (code, inhoud["detail"]) == (
        409,
        "De status is al gewijzigd per 10-12-2024. Kies die dag of later. Er is niets gewijzigd.",
    )


def test_a_key_that_only_reads_changes_nothing(stuur: Callable[..., Any]) -> None:
    code, inhoud = stuur(GOED, schrijven=False)
    assert (code, inhoud["detail"]) == (403, "Deze sleutel mag alleen lezen. Maak een sleutel met schrijfrecht.")
    assert ongewijzigd()


def test_without_a_key_or_with_a_session_without_its_proof(mensen: Mensen, maatregel: Maatregel) -> None:
    pad = "/api/v1/maatregelen/2024-2-03/status"
    assert Client().post(pad, GOED, "application/json").status_code == 401
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(mensen.eigen, backend="allauth.account.auth_backends.AuthenticationBackend")
    geweigerd = browser.post(pad, GOED, "application/json")
    assert (geweigerd.status_code, geweigerd["Content-Type"]) == (403, "application/problem+json")
    assert ongewijzigd()
    gewoon = Client()
    gewoon.force_login(mensen.eigen, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert gewoon.post(pad, GOED, "application/json").status_code == 201
