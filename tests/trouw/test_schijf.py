"""The disk is full where mail is written as files: what does not fit stays open and is sent when there is room."""

import datetime
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.factories import LidmaatschapFactory, MaatregelFactory, MijlpaalFactory, OrganisatieFactory, PersoonFactory
from tests.trouw.makelaars import Makelaar
from tests.trouw.opstelling import SOLO, Dienst, fouten, grootboek, kenmerken, lees, namen, nieuws, uitkomsten, volgers

pytestmark = pytest.mark.django_db(transaction=True, available_apps=list(settings.INSTALLED_APPS))


@pytest.fixture
def schijfje(tmp_path: Path) -> Iterator[Path]:
    """A disk of 32 kB; mounting one takes rights that not everybody has."""
    map_ = tmp_path / "schijfje"
    map_.mkdir()
    gemaakt = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=32k", "tmpfs", str(map_)], capture_output=True, text=True, check=False
    )
    if gemaakt.returncode != 0:
        pytest.skip(f"NO SMALL DISK: it takes root to mount one ({gemaakt.stderr.strip()}); see the next test instead")
    yield map_
    subprocess.run(["umount", str(map_)], check=True)


def test_a_disk_that_fills_up(dienst: Callable[..., Dienst], map_makelaar: Makelaar, schijfje: Path) -> None:
    """Whole files or none: a mail that does not fit leaves nothing behind that looks like one."""
    alles = dienst(map_makelaar, email_url="")
    var = Path(alles.omgeving["REGIEMONITOR_VAR"])
    (var / "mail").symlink_to(schijfje)
    maatregel = volgers(*namen(12))
    worker = alles.worker(*SOLO)
    assert alles.tik_af(worker) == "succeeded"
    eerst = len(lees(schijfje))
    assert 0 < eerst < 12
    assert uitkomsten() == {"verzonden": eerst, "open": 12 - eerst}
    assert set(fouten().values()) == {"OSError: No space left on device"}
    assert {str(mail["Message-ID"]) for mail in lees(schijfje)} < kenmerken()
    assert {pad.suffix for pad in schijfje.iterdir()} == {".eml"}
    assert all(pad.read_bytes().endswith(b"--\r\n") for pad in schijfje.glob("*.eml"))

    nieuws(maatregel)  # more is due, and there is still no room
    assert alles.tik_af(worker) == "succeeded"
    assert len(lees(schijfje)) == eerst
    subprocess.run(["mount", "-o", "remount,size=4m", str(schijfje)], check=True)
    assert alles.tik_af(worker) == "succeeded"
    assert uitkomsten() == {"verzonden": 24}
    assert {str(mail["Message-ID"]) for mail in lees(schijfje)} == kenmerken()
    assert len(list(schijfje.iterdir())) == 24


def test_files_that_may_not_grow(dienst: Callable[..., Dienst], map_makelaar: Makelaar) -> None:
    """The same by a limit of the system, for who may not mount: the command says so and exits with an error."""
    alles = dienst(map_makelaar, email_url="")
    var = Path(alles.omgeving["REGIEMONITOR_VAR"])
    organisatie = OrganisatieFactory()
    for naam in namen(3):
        LidmaatschapFactory(persoon=PersoonFactory(email=f"{naam}@voorbeeld.nl"), organisatie=organisatie)
    MijlpaalFactory(maatregel=MaatregelFactory(trekker=organisatie), einde=datetime.date(2024, 12, 30))
    opdracht = [sys.executable, "manage.py", "verstuur_herinneringen", "--vandaag", "2024-12-17"]
    uit = subprocess.run(
        opdracht, env=alles.omgeving, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)),
    )  # fmt: skip
    assert (uit.returncode, "File too large" in uit.stderr) == (1, True), uit.stdout + uit.stderr
    assert {uitkomst for _, uitkomst, _ in grootboek()} == {"open"}
    assert os.listdir(var / "mail") == []  # noqa: PTH208
    assert alles.manage("verstuur_herinneringen", "--vandaag", "2024-12-17").returncode == 0
    assert uitkomsten() == {"verzonden": 3}
    assert len(lees(var / "mail")) == 3
