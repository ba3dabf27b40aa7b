"""The product as its users meet it: a server process with the five documents, and Chromium."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, sync_playwright
from psycopg import sql

HUIS = Path(__file__).resolve().parent.parent.parent
WACHTWOORD = "verhaal-wachtwoord-2026"
BREEDTES = (360, 768, 1280)
MEESTE_TABS = 150
CHROMIUM_OPTIES = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
]


@dataclass
class Dienst:
    """A running product: its address, its folder, and its commands."""

    adres: str
    var: Path
    omgeving: dict[str, str]
    processen: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def manage(self, *opdracht: str) -> str:
        """Run a command of manage.py beside the server and answer what it printed."""
        uitkomst = subprocess.run(
            [sys.executable, "manage.py", *opdracht],
            cwd=HUIS, env=self.omgeving, capture_output=True, text=True, check=False, timeout=600,
        )  # fmt: skip
        assert uitkomst.returncode == 0, uitkomst.stdout + uitkomst.stderr
        return uitkomst.stdout

    def start(self, *opdracht: str) -> subprocess.Popen[bytes]:
        """Start a process of the product; it ends with the session."""
        with (self.var / f"proces-{len(self.processen)}.log").open("wb") as log:
            proces = subprocess.Popen(
                [sys.executable, "-m", *opdracht], cwd=HUIS, env=self.omgeving, stdout=log, stderr=log
            )
        self.processen.append(proces)
        return proces

    def mails(self) -> list[str]:
        """The text of every mail that was handed over."""
        return [pad.read_text() for pad in sorted((self.var / "mail").glob("*.eml"))]


def _vrije_poort() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        poort: int = s.getsockname()[1]
        return poort


def _server() -> tuple[dict[str, object], str]:
    """How to reach the database server of the tests, and what stands before the name of a database in its address."""
    bron = settings.DATABASES["default"]
    # The name of the test database is in NAME by now when another test came first; the server is the same.
    verbinding = {"host": bron["HOST"], "port": bron["PORT"], "user": bron["USER"], "password": bron["PASSWORD"]}
    gezag = f"{bron['USER']}{':' + bron['PASSWORD'] if bron['PASSWORD'] else ''}"
    return {"dbname": "postgres", "autocommit": True, **{k: v for k, v in verbinding.items() if v}}, gezag


def _adres_van(naam: str) -> str:
    bron, (_, gezag) = settings.DATABASES["default"], _server()
    if str(bron["HOST"]).startswith("/"):
        poort = f"&port={bron['PORT']}" if bron["PORT"] else ""
        return f"postgres://{gezag}@/{naam}?host={bron['HOST']}{poort}"
    return f"postgres://{gezag}@{bron['HOST']}:{bron['PORT']}/{naam}"


def maak_databank(naam: str, sjabloon: str = "template1") -> None:
    """A database like the one that is named; nobody may be at work in that one."""
    with psycopg.connect(**_server()[0]) as db:  # type: ignore[arg-type]
        db.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(naam), sql.Identifier(sjabloon)))


def verwijder_databank(naam: str) -> None:
    """Take it away, whoever is still connected."""
    with psycopg.connect(**_server()[0]) as db:  # type: ignore[arg-type]
        db.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(naam)))


@contextmanager
def databank(naam: str, sjabloon: str = "template1") -> Iterator[None]:
    """A database that is gone afterwards."""
    maak_databank(naam, sjabloon)
    try:
        yield
    finally:
        verwijder_databank(naam)


def bedrijf(naam: str, var: Path) -> Dienst:
    """The product on this database, nothing started yet."""
    poort = _vrije_poort()
    omgeving = {
        **os.environ,
        "REGIEMONITOR_DEMO": "1",
        "REGIEMONITOR_VAR": str(var),
        "DATABASE_URL": _adres_van(naam),
        "DEMO_WACHTWOORD": WACHTWOORD,
        "PORT": str(poort),
        "DJANGO_SETTINGS_MODULE": "migratie.settings",
    }
    return Dienst(f"http://127.0.0.1:{poort}", var, omgeving)


@contextmanager
def in_bedrijf(dienst: Dienst) -> Iterator[Dienst]:
    """The server of the product; it and all that a story started end afterwards."""
    try:
        dienst.start(
            "gunicorn", "migratie.wsgi", "--bind", dienst.adres.removeprefix("http://"), "--threads", "8",
            "--no-control-socket",
        )  # fmt: skip
        einde = time.monotonic() + 90
        while True:
            try:
                with urllib.request.urlopen(f"{dienst.adres}/health/live", timeout=10):
                    break
            except OSError:  # refused, reset, slow or 503: not there yet
                if time.monotonic() > einde:
                    pytest.fail("the server did not answer within 90 seconds")
                time.sleep(0.1)
        yield dienst
    finally:
        for proces in dienst.processen:
            proces.terminate()
        for proces in dienst.processen:
            try:
                proces.wait(timeout=15)
            except subprocess.TimeoutExpired:
                proces.kill()
                proces.wait()


@contextmanager
def _om_de_beurt(map_: Path) -> Iterator[Path]:
    """One process of this run at a time, with the file in which they say how many of them use what they share."""
    map_.mkdir(exist_ok=True)
    with (map_ / "slot").open("w") as slot:
        fcntl.flock(slot, fcntl.LOCK_EX)
        yield map_ / "aantal"


def _tel(bestand: Path, erbij: int) -> int:
    """How many use it now, with these."""
    aantal = (int(bestand.read_text()) if bestand.exists() else 0) + erbij
    bestand.write_text(str(aantal))
    return aantal


@pytest.fixture(scope="session")
def geladen(tmp_path_factory: pytest.TempPathFactory, testrun_uid: str) -> Iterator[str]:
    """The name of a database with the five documents and the demo people that nobody ever worked in.

    Made once for all processes of a run: loading takes most of a minute. The last one takes it away.
    """
    naam = f"verhalen_{testrun_uid[:16]}_vers"
    gedeeld = tmp_path_factory.getbasetemp().parent / f"verhalen-{testrun_uid}"
    with _om_de_beurt(gedeeld) as bestand:
        if _tel(bestand, 1) == 1:
            maak_databank(naam)
            try:
                vers = bedrijf(naam, tmp_path_factory.mktemp("laden"))
                for opdracht in (("migrate", "--verbosity", "0"), ("laad_agendas",), ("laad_demo",)):
                    vers.manage(*opdracht)
            except BaseException:
                _tel(bestand, -1)
                verwijder_databank(naam)
                raise
    yield naam
    with _om_de_beurt(gedeeld) as bestand:
        if _tel(bestand, -1) == 0:
            verwijder_databank(naam)


@pytest.fixture(scope="session")
def dienst(geladen: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dienst]:
    """The product with the five documents and the demo people, shared by the stories."""
    naam = f"verhalen_{os.getpid()}"
    with databank(naam, geladen), in_bedrijf(bedrijf(naam, tmp_path_factory.mktemp("dienst"))) as dienst:
        yield dienst


@contextmanager
def eigen_dienst(geladen: str, naam: str, var: Path) -> Iterator[Dienst]:
    """A product in which nobody worked yet, for stories that count or that change what holds for everybody."""
    databasenaam = f"verhalen_{os.getpid()}_{naam}"
    with databank(databasenaam, geladen), in_bedrijf(bedrijf(databasenaam, var)) as dienst:
        yield dienst


def _chromium(playwright: Playwright) -> str | None:
    """Debian's Chromium, else the one of the test library, else nothing."""
    gevonden = shutil.which("chromium") or shutil.which("chromium-browser")
    eigen = playwright.chromium.executable_path
    return gevonden or (eigen if Path(eigen).exists() else None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; where there is none the stories say so loudly, and under CI they fail.

    It ends with its file: as long as it runs, Django refuses other tests of this process their database.
    """
    with sync_playwright() as playwright:
        pad = _chromium(playwright)
        if pad is None:
            reden = "NO BROWSER: the stories per role were not walked; install Chromium (apt install chromium)"
            if os.environ.get("CI"):
                pytest.fail(reden)
            pytest.skip(reden)
        browser = playwright.chromium.launch(executable_path=pad, args=CHROMIUM_OPTIES)
        yield browser
        browser.close()


def beeldenmap() -> Path | None:
    """Where pictures of the pages are asked for, by SCHERMAFBEELDINGEN; None when they are not."""
    map_ = os.environ.get("SCHERMAFBEELDINGEN")
    if not map_:
        return None
    Path(map_).mkdir(parents=True, exist_ok=True)
    return Path(map_)


@dataclass
class Bezoek:
    """Somebody at work in a browser, with the checks that hold for every page they see; `map`: where pictures go."""

    pagina: Page
    dienst: Dienst
    map: Path | None
    fouten: list[str] = field(default_factory=list)
    javascript: bool = True

    def naar(self, pad: str, verwacht: int = 200) -> Page:
        """Open a page of the product; its status must be the one expected."""
        antwoord = self.pagina.goto(self.dienst.adres + pad)
        assert antwoord is not None
        assert antwoord.status == verwacht, f"{pad}: {antwoord.status}"
        return self.pagina

    def tab_naar(self, plek: Locator) -> None:
        """Walk on with the tab key until this has the focus, as who has no mouse does."""
        for _ in range(MEESTE_TABS):
            if plek.evaluate("e => e === document.activeElement"):
                return
            self.pagina.keyboard.press("Tab")
        pytest.fail(f"{plek}: not reached with {MEESTE_TABS} times the tab key")

    def toets(self, plek: Locator, toets: str = "Enter") -> None:
        """Walk there with the tab key, and press."""
        self.tab_naar(plek)
        self.pagina.keyboard.press(toets)

    def foto(self, naam: str, deel: Locator | None = None) -> None:
        """A picture of the page as it stands, or of a part of it, when pictures are asked for."""
        if self.map is None:
            return
        pad = self.map / f"{naam}.png"
        if deel is None:
            self.pagina.screenshot(path=pad, full_page=True)
        else:
            deel.screenshot(path=pad)

    def bekijk(self, naam: str) -> None:
        """Look at the page as it is: no axe violation, and no sideways scrolling at three widths.

        Axe is a script itself: where the browser runs none, the page with script is the one that is looked through.
        """
        self.pagina.wait_for_load_state()
        if self.javascript:
            gevonden = Axe().run(self.pagina)
            assert gevonden.response["violations"] == [], f"{naam}: {gevonden.generate_report()}"
        for breedte in BREEDTES:
            self.pagina.set_viewport_size({"width": breedte, "height": 900})
            uitstekend = self.pagina.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert uitstekend <= 0, f"{naam}: {uitstekend} px too wide at {breedte}"
            self.foto(f"{naam}-{breedte}")
        assert self.fouten == [], f"{naam}: {self.fouten}"


@pytest.fixture
def bezoek(dienst: Dienst, browser: Browser) -> Iterator[Callable[..., Bezoek]]:
    """A browser window of its own; with an address, that person has signed in."""
    map_ = beeldenmap()
    vensters: list[BrowserContext] = []

    def openen(login: str | None = None, *, javascript: bool = True, breedte: int = 1280) -> Bezoek:
        venster = browser.new_context(
            java_script_enabled=javascript, locale="nl-NL", timezone_id="Europe/Amsterdam",
            viewport={"width": breedte, "height": 900},
        )  # fmt: skip
        vensters.append(venster)
        venster.set_default_timeout(15_000)
        bezoek = Bezoek(venster.new_page(), dienst, map_, javascript=javascript)
        # A message in the console is a fault of the page: a blocked style, a missing file, a script that breaks.
        bezoek.pagina.on("console", lambda m: bezoek.fouten.append(m.text) if m.type in ("error", "warning") else None)
        bezoek.pagina.on("pageerror", lambda fout: bezoek.fouten.append(str(fout)))
        if login:
            bezoek.naar("/inloggen/")
            bezoek.pagina.fill("input[name=login]", login)
            bezoek.pagina.fill("input[name=password]", WACHTWOORD)
            bezoek.pagina.click("main button[type=submit]")
            bezoek.pagina.wait_for_url(dienst.adres + "/")
        return bezoek

    yield openen
    for venster in vensters:
        venster.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every story is a browser test."""
    for item in items:
        if "verhalen" in item.path.parts:
            item.add_marker(pytest.mark.browser)
