"""The secret of a calendar address is in no line of any log, whoever writes the line."""

import io
import json
import logging
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from django.conf import settings
from django.test import Client

from migratie.logregels import zonder_geheimen
from tests.test_instellingen import GOED, draai

HUIS = Path(__file__).resolve().parent.parent
GEHEIM = "qF3vB7zK9xW1mN5tR8yU2iO6pA4sD0gH-_LcXeJbVnM"
SLEUTEL = "rgm_" + "0af9" * 16
PADEN = (
    f"/kalender/{GEHEIM}.ics",
    f"/wijzigingen/{GEHEIM}.atom",
    f"/kalender/{GEHEIM}",
    f"/kalender//{GEHEIM}.ics/",
    f"/kalender/{GEHEIM}.ics?x={GEHEIM[:4]}",
    f"/Kalender/{GEHEIM}.ics",
    f"/kalender%2F{GEHEIM}.ics",
    f"/inloggen/?next=/kalender/{GEHEIM}.ics",
    f"/inloggen/?next=%2Fwijzigingen%2F{GEHEIM}.atom",
)


@pytest.fixture
def uitvoer() -> Iterator[io.StringIO]:
    """What the product writes to its log, by the handler that it has."""
    [handler] = [rij for rij in logging.getLogger().handlers if type(rij) is logging.StreamHandler]
    opvang = io.StringIO()
    oud = handler.setStream(opvang)
    yield opvang
    if oud is not None:
        handler.setStream(oud)


@pytest.mark.parametrize(
    ("regel", "verwacht"),
    [
        *((f'"GET {pad} HTTP/1.1" 200', None) for pad in PADEN),
        (f"Not Found: /kalender/{GEHEIM}.ics", "Not Found: /kalender/(verborgen)"),
        (f'{{"request": "GET /kalender/{GEHEIM}.ics"}}', '{"request": "GET /kalender/(verborgen)"}'),
        (f"zie https://x.nl/wijzigingen/{GEHEIM}.atom, of", "zie https://x.nl/wijzigingen/(verborgen), of"),
        ("GET /api/v1/wijzigingen?na=mijlpaal-3", "GET /api/v1/wijzigingen?na=mijlpaal-3"),
        ("GET /mijn/abonnementen/3/intrekken/", "GET /mijn/abonnementen/3/intrekken/"),
        ("de kalender/agenda", "de kalender/agenda"),
        (f"GET /wachtwoord-kiezen/{GEHEIM}/ 200", "GET /wachtwoord-kiezen/(verborgen) 200"),
        (f"GET /afmelden/{GEHEIM}/", "GET /afmelden/(verborgen)"),
        (
            f"/inloggen/via/a/terug/?code={GEHEIM}&state={GEHEIM}",
            "/inloggen/via/a/terug/?code=(verborgen)&state=(verborgen)",
        ),
        (f"/?a=1&access_token={GEHEIM}&b=2", "/?a=1&access_token=(verborgen)&b=2"),
        (f"kop Token rgm_{'0af9' * 16}.", "kop Token rgm_(verborgen)."),
        (f"/?x=RGM%5F{'0AF9' * 16}", "/?x=RGM%5F(verborgen)"),
        (f"Token {'0af9' * 16}", "Token (verborgen)"),
        ("barcode=3 en ?codes=4", "barcode=3 en ?codes=4"),
    ],
)
def test_a_line_without_its_secret(regel: str, verwacht: str | None) -> None:
    zonder = zonder_geheimen(regel)
    assert GEHEIM not in zonder
    assert "0af9" not in zonder.lower()
    assert verwacht is None or zonder == verwacht
    assert zonder_geheimen(zonder) == zonder


@pytest.mark.django_db
@pytest.mark.parametrize("pad", PADEN)
def test_requests_refusals_and_faults_are_logged_without_it(pad: str, uitvoer: io.StringIO) -> None:
    client = Client(raise_request_exception=False)
    client.get(pad, headers={"User-Agent": f"lezer van http://x/kalender/{GEHEIM}.ics"})
    client.post(pad)
    try:
        raise RuntimeError(f"bij {pad}")
    except RuntimeError:
        logging.getLogger("django.request").exception("Internal Server Error: %s", pad)
        structlog.get_logger("eigen").exception("mislukt", request=f"GET {pad}", pad=[pad])
    tekst = uitvoer.getvalue()
    assert "request_started" in tekst
    assert "RuntimeError" in tekst
    assert "(verborgen)" in tekst
    assert GEHEIM not in tekst


def test_in_production_a_line_without_it_is_still_json() -> None:
    code = (
        "import logging, structlog\n"
        f"structlog.get_logger('eigen').info('x', request='GET /kalender/{GEHEIM}.ics', na='heel')\n"
        f"logging.getLogger('django.request').warning('Not Found: %s', '/kalender/{GEHEIM}.ics')\n"
        f"logging.getLogger('django.server').error('\"GET %s\" 404', '/kalender/{GEHEIM}.ics')"
    )
    uit = draai(GOED, "shell", "--no-imports", "-c", code).stderr
    assert GEHEIM not in uit
    regels = [json.loads(regel) for regel in uit.splitlines() if regel.startswith("{")]
    assert [(rij.get("request"), rij.get("na")) for rij in regels[:1]] == [("GET /kalender/(verborgen)", "heel")]
    assert regels[1]["event"] == "Not Found: /kalender/(verborgen)"
    assert uit.count("/kalender/(verborgen)") == 3


@pytest.mark.django_db(transaction=True, available_apps=list(settings.INSTALLED_APPS))
def test_the_web_server_writes_none_either_when_it_is_told_to_write_every_request(tmp_path: Path) -> None:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        poort = s.getsockname()[1]
    bron = settings.DATABASES["default"]
    naam, wachtwoord = bron["USER"], f":{bron['PASSWORD']}" if bron["PASSWORD"] else ""
    plaats = f"/{bron['NAME']}?host={bron['HOST']}" if str(bron["HOST"]).startswith("/") else (
        f"{bron['HOST']}:{bron['PORT']}/{bron['NAME']}"
    )  # fmt: skip
    omgeving = {
        **os.environ, "REGIEMONITOR_DEMO": "1", "REGIEMONITOR_VAR": str(tmp_path),
        "DATABASE_URL": f"postgres://{naam}{wachtwoord}@{plaats}",
    }  # fmt: skip
    toegang, fouten = tmp_path / "toegang.log", tmp_path / "fouten.log"
    with (tmp_path / "uit.log").open("wb") as uit:
        web = subprocess.Popen(
            [
                sys.executable, "-m", "gunicorn", "migratie.wsgi", "--bind", f"127.0.0.1:{poort}",
                "--no-control-socket", "--log-level", "debug", "--access-logfile", str(toegang),
                "--error-logfile", str(fouten),
                "--access-logformat", "%(r)s %(U)s %(f)s %(s)s",
            ],
            cwd=HUIS, env=omgeving, stdout=uit, stderr=uit,
        )  # fmt: skip
    try:
        einde = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{poort}/toegankelijkheid/", timeout=10).close()
                break
            except OSError:
                assert time.monotonic() < einde, (tmp_path / "fouten.log").read_text()
                time.sleep(0.1)
        for pad in PADEN:
            vraag = urllib.request.Request(f"http://127.0.0.1:{poort}{pad}", headers={"Referer": f"http://x{pad}"})
            try:
                urllib.request.urlopen(vraag, timeout=10).close()
            except urllib.error.HTTPError as fout:
                fout.close()
        for kop in ({"Authorization": f"Token {SLEUTEL}"}, {"X-Api-Key": SLEUTEL, "User-Agent": SLEUTEL}):
            vraag = urllib.request.Request(f"http://127.0.0.1:{poort}/api/v1/agendas?sleutel={SLEUTEL}", headers=kop)
            with pytest.raises(urllib.error.HTTPError) as geweigerd:
                urllib.request.urlopen(vraag, timeout=10)
            geweigerd.value.close()
    finally:
        web.terminate()
        web.wait(timeout=20)
    geschreven = {pad.name: pad.read_text() for pad in (toegang, fouten, tmp_path / "uit.log")}
    assert geschreven["toegang.log"].count("/kalender/(verborgen)") >= 6
    assert "GET /kalender/(verborgen)" in geschreven["fouten.log"]
    assert "/kalender/(verborgen)" in geschreven["uit.log"]
    assert geschreven["toegang.log"].count("?sleutel=rgm_(verborgen)") == 2
    for geheim in (GEHEIM, SLEUTEL, SLEUTEL[8:]):
        assert {naam: tekst.count(geheim) for naam, tekst in geschreven.items()} == dict.fromkeys(geschreven, 0)
