"""Read termijnen for a script: JSON lines in, JSON lines out, line by line."""

import datetime
import json
import os
import re
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from maatregelen.termijnen import Lezing, lees, uitleg, vind

_DAG = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_HALF_TEKEN = re.compile(r"[\ud800-\udfff]")


class RegelFout(ValueError):  # noqa: N818  the word of the answer
    """What is wrong with a line, in words for who wrote it."""


class Command(BaseCommand):
    help = (
        'Leest termijnen. Op de invoer per regel {"tekst": "voor de zomer", "peildatum": "2025-03-19"}, op de uitvoer '
        "voor elke regel een antwoord op dezelfde plaats. Een regel die niet klopt krijgt als antwoord "
        '{"fout": ..., "regel": ...}; de opdracht eindigt dan met code 1.'
    )
    # It reads words: neither the pages nor the database need to be there.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Running text or one termijn, and how much to tell."""
        parser.add_argument(
            "--in-tekst",
            action="store_true",
            help="Zoek de momenten in lopende tekst; per regel een lijst met plaatsen.",
        )
        parser.add_argument(
            "--uitgebreid", action="store_true", help="Noem ook duur, gebeurtenis, het andere oordeel en de uitleg."
        )

    def handle(self, *_: Any, in_tekst: bool, uitgebreid: bool, **__: Any) -> None:
        """Answers each line at once; raises CommandError at the end when lines were wrong."""
        if hasattr(sys.stdout, "reconfigure"):
            # Whatever the language of the machine: JSON is UTF-8.
            sys.stdout.reconfigure(encoding="utf-8")
        fouten = regel = 0
        try:
            for regel, ruw in _regels(sys.stdin.buffer):
                try:
                    tekst, peildatum = _vraag(ruw)
                    antwoord = _antwoord(tekst, peildatum, in_tekst=in_tekst, uitgebreid=uitgebreid)
                except RegelFout as fout:
                    fouten += 1
                    antwoord = {"fout": f"regel {regel}: {fout}", "regel": regel}
                    self.stderr.write(antwoord["fout"])
                self.stdout.write(json.dumps(antwoord, ensure_ascii=False))
                self.stdout.flush()
        except BrokenPipeError:
            # The reader has seen enough; nothing may be written any more, at the end neither.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(1) from None
        if fouten:
            raise CommandError(f"{fouten} van de {regel} regels {'is' if fouten == 1 else 'zijn'} niet te lezen.")


def _regels(invoer: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Numbered lines, as they come in."""
    for nummer, ruw in enumerate(iter(invoer.readline, b""), start=1):
        yield nummer, ruw.removeprefix(b"\xef\xbb\xbf") if nummer == 1 else ruw


def _vraag(ruw: bytes) -> tuple[str, datetime.date]:
    """The words and the reference date of a line; raises RegelFout."""
    try:
        regel = ruw.decode("utf-8")
    except UnicodeDecodeError:
        raise RegelFout("dit is geen UTF-8.") from None
    if not regel.strip():
        raise RegelFout("deze regel is leeg.")
    try:
        vraag = json.loads(regel)
    except (ValueError, RecursionError):
        raise RegelFout("dit is geen JSON.") from None
    if not isinstance(vraag, dict):
        raise RegelFout('dit is geen object. Schrijf {"tekst": ..., "peildatum": ...}.')
    for sleutel in ("tekst", "peildatum"):
        if sleutel not in vraag:
            raise RegelFout(f"{sleutel} ontbreekt.")
        if not isinstance(vraag[sleutel], str):
            raise RegelFout(f"{sleutel} is geen tekst.")
    if _HALF_TEKEN.search(vraag["tekst"]):
        raise RegelFout("tekst bevat een half teken.")
    return vraag["tekst"], _peildatum(vraag["peildatum"])


def _peildatum(tekst: str) -> datetime.date:
    try:
        if _DAG.fullmatch(tekst):
            return datetime.date.fromisoformat(tekst)
    except ValueError:
        pass
    raise RegelFout("peildatum is geen bestaande dag als JJJJ-MM-DD.")


def _antwoord(tekst: str, peildatum: datetime.date, *, in_tekst: bool, uitgebreid: bool) -> Any:
    if not in_tekst:
        return _velden(tekst, lees(tekst, peildatum), uitgebreid=uitgebreid)
    return [
        {**_velden(vondst.tekst, vondst.lezing, uitgebreid=uitgebreid), "van": vondst.van, "tot": vondst.tot}
        for vondst in vind(tekst, peildatum)
    ]


def _velden(tekst: str, lezing: Lezing, *, uitgebreid: bool) -> dict[str, Any]:
    """The keys of the contract, in their order; null where nothing is said."""
    velden: dict[str, Any] = {"tekst": tekst, **_moment(lezing), "herhaling": lezing.herhaling or None}
    if uitgebreid:
        velden["duur"] = lezing.duur or None
        velden["gebeurtenis"] = lezing.gebeurtenis or None
        velden["alternatief"] = _moment(lezing.alternatief) if lezing.alternatief is not None else None
        velden["uitleg"] = uitleg(lezing)
    return velden


def _moment(lezing: Lezing) -> dict[str, str | None]:
    return {
        "begin": None if lezing.begin is None else lezing.begin.isoformat(),
        "einde": None if lezing.einde is None else lezing.einde.isoformat(),
        "precisie": lezing.precisie.value,
        "relatie": None if lezing.relatie is None else lezing.relatie.value,
    }
