"""A real OpenID provider (node's oidc-provider), a network in between that tampers, and somebody who signs in."""

import json
import os
import secrets
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
import requests

HUIS = Path(__file__).resolve().parent.parent.parent
CLIENT_ID = "regiemonitor"
GEHEIM = "alleen-voor-de-tests-" + secrets.token_hex(8)
TERUG = "http://testserver/inloggen/via/rijk/terug/"
NODE = HUIS / ".venv" / "bin" / "node"


def node() -> str:
    """Node with the provider; where either is missing the tests say so loudly, and under CI they fail."""
    pad = str(NODE) if NODE.exists() else shutil.which("node")
    if pad is None or not (HUIS / "node_modules" / "oidc-provider").exists():
        reden = "NO OPENID PROVIDER: signing in through an organisation was not tested; run script/bootstrap test"
        if os.environ.get("CI"):
            pytest.fail(reden)
        pytest.skip(reden)
    return pad


@dataclass
class Aanbieder:
    """A running provider: its address, and what it says of whom."""

    adres: str
    mensen: Path
    netwerk: "Netwerk | None" = None

    def zegt(self, wie: str, **claims: Any) -> None:
        """From now on the provider says this of somebody."""
        alles = json.loads(self.mensen.read_text())
        self.mensen.write_text(json.dumps({**alles, wie: claims}))


Knoei = Callable[[int, dict[str, str], bytes], tuple[int, dict[str, str], bytes]]


@dataclass
class Netwerk:
    """What lies between us and the provider: passes everything on, unless a test tampers with a path."""

    adres: str = ""
    achter: str = ""
    knoei: dict[str, Knoei] = field(default_factory=dict)
    gezien: list[tuple[str, str, bytes]] = field(default_factory=list)

    def antwoord(self, pad: str, maak: Callable[[Any], Any]) -> None:
        """Change the JSON that the provider answers on this path."""

        def doe(status: int, koppen: dict[str, str], inhoud: bytes) -> tuple[int, dict[str, str], bytes]:
            return status, koppen, json.dumps(maak(json.loads(inhoud))).encode()

        self.knoei[pad] = doe


def _poortwachter(netwerk: Netwerk) -> type[BaseHTTPRequestHandler]:
    class Doorgeven(BaseHTTPRequestHandler):
        def doe(self) -> None:
            lengte = int(self.headers.get("Content-Length") or 0)
            inhoud = self.rfile.read(lengte)
            netwerk.gezien.append((self.command, self.path, inhoud))
            koppen = {naam: waarde for naam, waarde in self.headers.items() if naam.lower() != "connection"}
            antwoord = requests.request(
                self.command, netwerk.achter + self.path, data=inhoud, headers=koppen, allow_redirects=False, timeout=10
            )
            weg = {"connection", "keep-alive", "transfer-encoding", "content-length", "content-encoding"}
            terug = {n: w for n, w in antwoord.headers.items() if n.lower() not in weg}
            status, body = antwoord.status_code, antwoord.content
            if knoei := netwerk.knoei.get(self.path.partition("?")[0]):
                status, terug, body = knoei(status, terug, body)
            self.send_response(status)
            for naam, waarde in terug.items():
                if naam.lower() != "set-cookie":
                    self.send_header(naam, waarde)
            for koek in antwoord.raw.headers.getlist("set-cookie"):
                self.send_header("Set-Cookie", koek)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = doe  # noqa: N815  their names there

        def log_message(self, *args: Any) -> None:
            """Silent."""

    return Doorgeven


@contextmanager
def netwerk() -> Iterator[Netwerk]:
    """A network in between, listening."""
    lijn = Netwerk()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _poortwachter(lijn))
    lijn.adres = f"http://127.0.0.1:{server.server_port}"
    draad = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    draad.start()
    try:
        yield lijn
    finally:
        server.shutdown()
        server.server_close()
        draad.join()


@contextmanager
def aanbieder(map_: Path, *, terug: str = TERUG, achter: Netwerk | None = None) -> Iterator[Aanbieder]:
    """A provider process; `achter` is the network through which everybody reaches it."""
    mensen = map_ / "mensen.json"
    mensen.write_text("{}")
    client = {
        "client_id": CLIENT_ID,
        "client_secret": GEHEIM,
        "redirect_uris": [terug],
        "post_logout_redirect_uris": [urljoin(terug, "/inloggen/")],
        # Another way than the form in which codes travel, so that it is us who follow what the provider publishes.
        "token_endpoint_auth_method": "client_secret_post",
    }
    instelling = map_ / "aanbieder.json"
    instelling.write_text(
        json.dumps(
            {
                "clients": [client],
                "koeksleutel": secrets.token_hex(),
                "mensen": str(mensen),
                "uitgever": achter.adres if achter else "",
            }
        )
    )
    with (map_ / "aanbieder.log").open("wb") as log:
        proces = subprocess.Popen(
            [node(), str(HUIS / "tests" / "toegang" / "aanbieder.mjs"), str(instelling)],
            stdout=subprocess.PIPE, stderr=log, cwd=HUIS, start_new_session=True,
        )  # fmt: skip
        try:
            assert proces.stdout is not None
            adres = proces.stdout.readline().decode().strip()
            assert adres, (map_ / "aanbieder.log").read_text()
            if achter:
                achter.achter = adres
            yield Aanbieder(achter.adres if achter else adres, mensen, achter)
        finally:
            os.killpg(proces.pid, signal.SIGTERM)  # a node that is started by a script of its package, too
            proces.wait(timeout=10)
            if proces.stdout:
                proces.stdout.close()


def bij_de_aanbieder(adres: str, wie: str, terug: str = TERUG) -> str:
    """Somebody signs in on the provider's own pages; answers where the provider then sends the browser."""
    with requests.Session() as venster:
        antwoord = venster.get(adres, allow_redirects=False, timeout=10)
        for _ in range(12):
            if antwoord.is_redirect:
                naar = urljoin(antwoord.url, antwoord.headers["Location"])
                if naar.startswith(terug):
                    return naar
                antwoord = venster.get(naar, allow_redirects=False, timeout=10)
                continue
            assert '<input name="login"' in antwoord.text, antwoord.text[:2000]
            antwoord = venster.post(antwoord.url, data={"login": wie}, allow_redirects=False, timeout=10)
    raise AssertionError(f"the provider did not come back: {antwoord.url}")


def pad_van(adres: str) -> str:
    """An address without its server."""
    delen = urlsplit(adres)
    return f"{delen.path}?{delen.query}"
