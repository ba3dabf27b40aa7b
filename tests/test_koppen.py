"""The headers of every answer: each address of the URL conf, by each method as nobody, and as people with and without a
role and with keys; refusals, redirects, files of the style, and what never reaches a view.

The set is exact: a header that is missing fails, and so does one that nobody knows of.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from maatregelen.models import Persoon
from migratie.koppen import RECHTEN
from regietafel.bijlagen import voeg_bijlage_toe
from regietafel.models import Agendapunt
from tests.conftest import Mensen
from tests.regietafel.test_niets_van_later import ONDERWERPEN
from tests.regietafel.twee_werelden import VROEG, VROEG_MERK, wereld

pytestmark = pytest.mark.django_db
Als = Callable[[Persoon], Client]
Sleutel = Callable[..., dict[str, str]]

CSP = (
    "default-src 'none'; base-uri 'none'; connect-src 'self'; font-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; img-src 'self'; script-src 'self'; style-src 'self'"
)
OVERAL = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": RECHTEN,
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# What else an answer may carry; anything that is in neither list is a finding.
SOMS = {
    "Allow", "API-Version", "Access-Control-Allow-Origin", "Cache-Control", "Clear-Site-Data", "Content-Disposition",
    "Content-Language", "Content-Length", "Content-Security-Policy", "Content-Type", "ETag", "Expires", "Last-Modified",
    "Location", "Referrer-Policy", "Vary", "WWW-Authenticate", "X-Robots-Tag", "X-Request-ID", "X-Correlation-ID",
    "Retry-After",
}  # fmt: skip
METHODEN = ("get", "head", "post", "put", "patch", "delete", "options", "trace")


@pytest.fixture(autouse=True)
def _zoals_in_productie(settings: Any) -> None:
    """The settings that the demo on plain 127.0.0.1 leaves out."""
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


def mankeert(antwoord: Any, *, sessie: bool) -> list[str]:
    """What is wrong with the headers of an answer."""
    fouten = [f"{naam}: {antwoord.get(naam)}" for naam, waarde in OVERAL.items() if antwoord.get(naam) != waarde]
    fouten += [f"onbekend: {naam}" for naam in antwoord.headers if naam not in SOMS and naam not in OVERAL]
    beleid = "; ".join(sorted(antwoord.get("Content-Security-Policy", "").split("; "), key=lambda deel: (
        not deel.startswith("default-src"), deel)))  # fmt: skip
    bestand = antwoord.get("Content-Disposition", "").startswith("attachment")
    if beleid != ("default-src 'none'; sandbox" if bestand else CSP):
        fouten.append(f"Content-Security-Policy: {beleid}")
    if "unsafe" in beleid:
        fouten.append("unsafe")
    if antwoord.get("Referrer-Policy") not in ("same-origin", "no-referrer"):
        fouten.append(f"Referrer-Policy: {antwoord.get('Referrer-Policy')}")
    bewaren = antwoord.get("Cache-Control", "")
    if sessie and "no-store" not in bewaren:
        fouten.append(f"Cache-Control: {bewaren}")
    if not sessie and "private" not in bewaren and "no-store" not in bewaren:
        fouten.append(f"Cache-Control: {bewaren}")
    for naam, koek in antwoord.cookies.items():
        weg = koek["max-age"] == 0
        if not weg and not (
            koek["httponly"] and koek["samesite"] == "Lax" and koek["path"] == "/" and not koek["domain"]
        ):
            fouten.append(f"cookie {naam}")
    return fouten


def sluit(antwoord: Any) -> None:
    """Let go of the file of an answer, without ending the request as a web server would."""
    for sluiter in antwoord._resource_closers:
        sluiter()


NAAM = re.compile(r"<(\w+):\w+>|<\w+>")
VERVANGER = {"int": "1", "uuid": "5c1b5a53-2f7c-4a55-a1b2-5f0bb2b4c2a1"}


def patronen(groep: Any = None, voor: str = "") -> Iterator[str]:
    """Every address there is, as a pattern."""
    for deel in (groep or get_resolver()).url_patterns:
        if isinstance(deel, URLResolver):
            yield from patronen(deel, voor + str(deel.pattern))
        elif isinstance(deel, URLPattern):
            yield voor + str(deel.pattern).strip("^$")


def adressen() -> list[str]:
    """Every address, filled in with something that exists where that is known."""
    uit = []
    for patroon in patronen():
        pad = patroon
        for vondst in list(NAAM.finditer(patroon)):
            tot = patroon[: vondst.end()]
            bekend = ONDERWERPEN.get(tot)
            waarden = bekend() if bekend else []
            waarde = waarden[0] if waarden else VERVANGER.get(vondst.group(1), "x")
            pad = pad.replace(vondst.group(0), waarde, 1)
        uit.append(f"/{pad}")
    return uit


@pytest.fixture
def adreslijst(mensen: Mensen) -> list[str]:
    """The addresses, in a world with one of everything."""
    wereld(VROEG_MERK, VROEG, mensen.secretariaat)
    return adressen()


def loop(client: Client, adreslijst: list[str], methoden: tuple[str, ...], *, sessie: bool, **meer: Any) -> set[int]:
    """Ask every address; answers which codes came. Nothing may be wrong with any of them."""
    client.raise_request_exception = False
    gevonden: dict[str, list[str]] = {}
    codes = set()
    for pad in adreslijst:
        for methode in methoden:
            if sessie and pad == "/uitloggen/":
                continue  # asked by itself: it ends the session
            antwoord = getattr(client, methode)(pad, secure=True, **meer)
            codes.add(antwoord.status_code)
            if fouten := mankeert(antwoord, sessie=sessie):
                gevonden[f"{methode} {pad} {antwoord.status_code}"] = fouten
            sluit(antwoord)
    assert gevonden == {}
    return codes


def test_nobody_gets_an_answer_without_headers(adreslijst: list[str]) -> None:
    assert len(adreslijst) > 110
    codes = loop(Client(), adreslijst, METHODEN, sessie=False)
    assert codes >= {200, 302, 401, 404, 405}


def test_who_is_signed_in_gets_none_either_and_nothing_may_be_kept(
    adreslijst: list[str], mensen: Mensen, als: Als
) -> None:
    codes = loop(als(mensen.beheerder), adreslijst, ("get",), sessie=True)
    assert codes >= {200, 302, 403, 404, 405}
    assert loop(als(mensen.rolloos), adreslijst, ("options",), sessie=True) >= {403, 405}


def test_a_key_gets_none_either(adreslijst: list[str], mensen: Mensen, sleutel: Sleutel) -> None:
    api = [pad for pad in adreslijst if pad.startswith("/api/")]
    for kop in (sleutel(mensen.eigen), {"Authorization": "Token x"}):
        codes = loop(Client(), api, ("get", "post", "options"), sessie=True, headers=kop)
        assert codes >= ({401} if "Token x" in kop.values() else {200, 403, 404})


@pytest.mark.parametrize(
    ("pad", "meer", "code"),
    [
        ("/niets/", {}, 404),
        ("/static/niets.css", {}, 404),
        ("/api/v1/niets", {}, 404),
        ("/agendas", {}, 301),
        ("/agendas/?onbekend=1", {}, 400),
        ("/agendas/", {"HTTP_HOST": "kwaad.example.nl"}, 400),
        ("/agendas/", {"headers": {"X-Forwarded-Proto": "http"}, "secure": False}, 301),
        ("/health/live", {"secure": False}, 503),
        ("/%00", {}, 404),
    ],
)
def test_what_never_reaches_a_page_carries_them_too(pad: str, meer: dict[str, Any], code: int) -> None:
    antwoord = Client(raise_request_exception=False).get(pad, **{"secure": True, **meer})
    fouten = mankeert(antwoord, sessie=False)
    if not meer.get("secure", True):  # HSTS is only believed, and only sent, over https
        fouten = [fout for fout in fouten if not fout.startswith("Strict-Transport-Security")]
    assert (antwoord.status_code, fouten) == (code, [])


def test_a_form_without_its_token_is_refused_with_them(mensen: Mensen, als: Als) -> None:
    client = als(mensen.eigen)
    client.handler.enforce_csrf_checks = True
    antwoord = client.post("/mijn/sleutels/", {"naam": "x"}, secure=True)
    assert (antwoord.status_code, mankeert(antwoord, sessie=True)) == (403, [])


def test_a_fault_carries_them(mensen: Mensen, als: Als, monkeypatch: pytest.MonkeyPatch) -> None:
    def breekt(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("stuk")

    monkeypatch.setattr("maatregelen.views.agendas.toon", breekt)
    client = als(mensen.eigen)
    client.raise_request_exception = False
    antwoord = client.get("/agendas/", secure=True)
    assert (antwoord.status_code, mankeert(antwoord, sessie=True)) == (500, [])


def test_style_and_script_are_kept_also_by_who_is_signed_in(mensen: Mensen, als: Als) -> None:
    for client in (Client(), als(mensen.eigen)):
        for pad in ("/static/css/kader.css", "/static/js/regiemonitor.js", "/static/merk.svg"):
            antwoord = client.get(pad, secure=True)
            b"".join(antwoord.streaming_content)  # type: ignore[attr-defined]
            fouten = [fout for fout in mankeert(antwoord, sessie=False) if not fout.startswith("Cache-Control")]
            fouten = [fout for fout in fouten if fout != "onbekend: Access-Control-Allow-Origin"]
            assert (antwoord.status_code, fouten) == (200, [])
            assert re.fullmatch(r"max-age=\d+, public", antwoord["Cache-Control"])


def test_signing_out_empties_what_the_browser_kept_and_nothing_else(mensen: Mensen, als: Als) -> None:
    client = als(mensen.eigen)
    antwoord = client.post("/uitloggen/", secure=True)
    assert (antwoord.status_code, mankeert(antwoord, sessie=True)) == (302, [])
    assert antwoord["Clear-Site-Data"] == '"cache"'
    assert "Clear-Site-Data" not in als(mensen.eigen).get("/agendas/", secure=True).headers


def test_an_annex_is_a_file_in_a_sandbox(
    mensen: Mensen, als: Als, adreslijst: list[str], settings: Any, tmp_path: Any
) -> None:
    settings.BIJLAGENMAP = tmp_path
    pad = tmp_path / "a.txt"
    pad.write_text("<script>alert(1)</script>")
    with pad.open("rb") as bestand:
        rij = voeg_bijlage_toe(
            Agendapunt.objects.latest("pk"), naam="", bestandsnaam="a.txt", bestand=bestand, door=None
        )
    antwoord = als(mensen.secretariaat).get(f"/bijlagen/{rij.pk}/", secure=True)
    assert mankeert(antwoord, sessie=True) == []
    assert antwoord["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert antwoord["Content-Disposition"].startswith("attachment;")
    sluit(antwoord)


def test_a_page_may_ask_for_a_passkey_and_the_clipboard_and_for_nothing_else() -> None:
    rechten = dict(deel.split("=") for deel in RECHTEN.split(", "))
    assert {naam for naam, wie in rechten.items() if wie != "()"} == {
        "publickey-credentials-get",
        "publickey-credentials-create",
        "clipboard-write",
    }
    assert {"camera", "microphone", "geolocation", "payment", "usb"} <= rechten.keys()
    assert settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["default-src"] == ["'none'"]
