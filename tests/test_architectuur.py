"""The house holds itself: imports run in one direction, a line knows its room, status has one writer."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HUIS = Path(__file__).resolve().parent.parent
# Each app knows those before it, never those after it.
APPS = ("logboek", "maatregelen", "regietafel", "toegang")
RANDEN = ("api_urls", "views", "api", "tasks", "management", "templatetags", "apps")
INVOER = ("forms", "serializers", "filters")
NAMEN_DIE_ALLES_TOELATEN = {
    "utils", "helpers", "services", "common", "mixins", "managers", "signals", "misc", "selectors",
}  # fmt: skip
# Files of the house in layers: what stands higher may import what stands lower, never the other way.
# Visibility stands among the matter modules: mail and change feed ask it too.
HOOGTE = {"models": 0, "materie": 1, "invoer": 2, "rand": 3}


def bestanden() -> list[Path]:
    """Every Python file of the product, without migrations."""
    return sorted(
        pad
        for map_ in (*APPS, "migratie")
        for pad in (HUIS / map_).rglob("*.py")
        if "migrations" not in pad.parts and pad.is_file()
    )


def laag(module: str) -> int:
    """The layer of a module of an app."""
    delen = module.split(".")
    kamer = delen[1] if len(delen) > 1 else ""
    if kamer in ("", "models"):
        return HOOGTE["models"]
    if kamer in INVOER:
        return HOOGTE["invoer"]
    if kamer in RANDEN or kamer == "urls" or kamer.startswith("urls_"):
        return HOOGTE["rand"]
    return HOOGTE["materie"]


def invoer_van(boom: ast.AST) -> Iterator[str]:
    """The modules that are imported anywhere in a file."""
    for knoop in ast.walk(boom):
        if isinstance(knoop, ast.Import):
            yield from (naam.name for naam in knoop.names)
        elif isinstance(knoop, ast.ImportFrom) and knoop.module and knoop.level == 0:
            yield knoop.module
            yield from (f"{knoop.module}.{naam.name}" for naam in knoop.names)


def moduulnaam(pad: Path) -> str:
    """The dotted name of a file."""
    return ".".join(pad.relative_to(HUIS).with_suffix("").parts).removesuffix(".__init__")


PADEN = bestanden()


@pytest.mark.parametrize("pad", PADEN, ids=[moduulnaam(pad) for pad in PADEN])
def test_file_keeps_the_house_rules(pad: Path) -> None:
    boom = ast.parse(pad.read_text())
    naam = moduulnaam(pad)
    app = naam.split(".")[0]
    fouten: list[str] = []
    if pad.stem in NAMEN_DIE_ALLES_TOELATEN:
        fouten.append("a name that refuses no line")
    if pad.read_text().count("\n") > 600:
        fouten.append("more than 600 lines: make rooms")
    for knoop in ast.walk(boom):
        if isinstance(knoop, (ast.FunctionDef, ast.AsyncFunctionDef)):
            fouten += [
                f"{knoop.name}: import inside a function"
                for regel in ast.walk(knoop)
                if isinstance(regel, (ast.Import, ast.ImportFrom))
            ]
            if knoop.name in ("save", "delete") and app in APPS and "models" in naam:
                fouten.append(f"{knoop.name}(): rules do not live in save() or delete()")
    for doel in invoer_van(boom):
        doelapp = doel.split(".")[0]
        if app in APPS and doelapp == "migratie":
            fouten.append(f"imports {doel}: an app knows no wiring")
        if app in APPS and doelapp in APPS[APPS.index(app) + 1 :]:
            fouten.append(f"imports {doel}: {app} does not know {doelapp}")
        if doel.startswith(("django.db.models.signals", "django.dispatch")):
            fouten.append(f"imports {doel}: no signals")
        if doelapp == app and app in APPS:
            kamer = HUIS / Path(*doel.split(".")[:2])
            if laag(naam) < laag(doel) and (kamer.with_suffix(".py").exists() or kamer.is_dir()):
                fouten.append(f"imports {doel}: upwards")
    assert fouten == []


def test_status_is_written_in_one_place() -> None:
    """Nobody but statuswissel assigns `.status`, updates it or lists it among the fields to save."""
    schrijvers = set()
    for pad in PADEN:
        for knoop in ast.walk(ast.parse(pad.read_text())):
            if isinstance(knoop, ast.Assign):
                doelen = [
                    doel.attr
                    for doel in ast.walk(knoop)
                    if isinstance(doel, ast.Attribute) and isinstance(doel.ctx, ast.Store)
                ]
                if "status" in doelen:
                    schrijvers.add(moduulnaam(pad))
            if (
                isinstance(knoop, ast.Call)
                and isinstance(knoop.func, ast.Attribute)
                and knoop.func.attr == "update"
                and any(argument.arg == "status" for argument in knoop.keywords)
            ):
                schrijvers.add(moduulnaam(pad))
    assert schrijvers == {"maatregelen.statuswissel"}


def test_clock_times_stand_in_one_place() -> None:
    assert [moduulnaam(pad) for pad in PADEN if "crontab(" in pad.read_text()] == ["migratie.celery"]


def test_modules_do_not_import_each_other_in_a_circle() -> None:
    namen = {moduulnaam(pad) for pad in PADEN}
    pijlen = {
        moduulnaam(pad): {doel for doel in invoer_van(ast.parse(pad.read_text())) if doel in namen} for pad in PADEN
    }
    kringen = []

    def loop(naam: str, pad: tuple[str, ...]) -> None:
        for doel in pijlen[naam]:
            if doel in pad:
                kringen.append((*pad[pad.index(doel) :], doel))
            elif doel not in gezien:
                loop(doel, (*pad, doel))
        gezien.add(naam)

    gezien: set[str] = set()
    for naam in sorted(namen):
        loop(naam, (naam,))
    assert kringen == []
