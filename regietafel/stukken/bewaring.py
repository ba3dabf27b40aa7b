"""Where the files of papers are: a private folder, random names, each file whole or not there."""

import contextlib
import datetime
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

DEEL = ".deel"


class Opslagfout(Exception):  # noqa: N818  it names what happened
    """The file could not be written: the disk is full or away. Nothing of it was kept."""


def _map() -> Path:
    return Path(settings.STUKKENMAP)


def plaats(bestand: str) -> Path:
    """Where a file is. Raises ValueError for a name that is none of ours."""
    pad = _map() / bestand
    if not bestand or pad.parent.parent != _map() or ".." in pad.parts:
        raise ValueError(bestand)
    return pad


def bewaar(inhoud: bytes) -> str:
    """Write a file under a name that nobody can guess, and answer that name. Raises Opslagfout."""
    naam = secrets.token_hex(20)
    bestand = f"{naam[:2]}/{naam}"
    doel = plaats(bestand)
    deel = doel.with_name(f"{naam}{DEEL}")
    try:
        doel.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(deel, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as uit:
            uit.write(inhoud)
            uit.flush()
            os.fsync(uit.fileno())
        deel.replace(doel)
    except OSError as fout:
        wis(bestand)
        with contextlib.suppress(OSError):
            deel.unlink(missing_ok=True)
        raise Opslagfout from fout
    return bestand


def wis(bestand: str) -> None:
    """Take a file away; one that is away already is fine."""
    with contextlib.suppress(OSError):
        plaats(bestand).unlink(missing_ok=True)


def wis_wat_niemand_noemt(genoemd: Iterable[str], *, voor: datetime.datetime) -> int:
    """Take away what no paper names and was last written before that moment: left by a worker that was killed."""
    bekend, aantal = set(genoemd), 0
    for pad in _map().glob("*/*"):
        with contextlib.suppress(OSError):
            if f"{pad.parent.name}/{pad.name}" not in bekend and pad.stat().st_mtime < voor.timestamp():
                pad.unlink()
                aantal += 1
    return aantal
