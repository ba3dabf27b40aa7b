"""The bill of materials names what is locked, all of it and nothing else, and asks nobody to make it."""

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

HUIS = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def stuklijsten(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Both, made without a network: whatever would go out meets a door that is closed."""
    map_ = tmp_path_factory.mktemp("sbom")
    dicht = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
    uitkomst = subprocess.run(
        [HUIS / "script" / "sbom", map_], env={**os.environ, **dicht}, capture_output=True, text=True, check=False
    )
    assert uitkomst.returncode == 0, uitkomst.stderr
    paden = [Path(regel) for regel in uitkomst.stdout.split()]
    return {pad.name: json.loads(pad.read_text(encoding="utf-8")) for pad in paden}


def onderdelen(stuklijst: dict[str, Any]) -> set[tuple[str, str]]:
    """Names and versions."""
    assert stuklijst["bomFormat"] == "CycloneDX"
    assert len(stuklijst["components"]) == len({deel["purl"] for deel in stuklijst["components"]})
    return {(deel["name"].lower(), deel["version"]) for deel in stuklijst["components"]}


def test_it_names_every_locked_package_of_python(stuklijsten: dict[str, Any]) -> None:
    lijst = (HUIS / "requirements.txt").read_text(encoding="utf-8")
    vergrendeld = {
        (naam.lower(), versie) for naam, versie in re.findall(r"^([\w.-]+)==([^\s;\\]+)", lijst, re.MULTILINE)
    }
    assert len(vergrendeld) > 40
    assert onderdelen(stuklijsten["sbom-python.json"]) == vergrendeld


def test_it_names_every_locked_package_of_the_pages_and_none_of_the_tests(stuklijsten: dict[str, Any]) -> None:
    pakketten = json.loads((HUIS / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    vergrendeld = {
        (pad.rpartition("node_modules/")[2], wat["version"])
        for pad, wat in pakketten.items()
        if pad and not wat.get("dev")
    }
    assert onderdelen(stuklijsten["sbom-opmaak.json"]) == vergrendeld
    assert "oidc-provider" not in {naam for naam, _ in vergrendeld}


def test_it_says_of_each_by_what_it_is_recognised(stuklijsten: dict[str, Any]) -> None:
    python = stuklijsten["sbom-python.json"]["components"]
    assert [deel["name"] for deel in python if not deel["externalReferences"][0]["hashes"]] == []
    assert [deel["name"] for deel in stuklijsten["sbom-opmaak.json"]["components"] if not deel["hashes"]] == []
