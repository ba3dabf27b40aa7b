"""A mail server of its own process. `python -m tests.mailserver MAP [PORT]` prints its port and does as it is told.

Each mail it accepts becomes a file in MAP, also one whose answer gets lost on the way. After five mails over one
connection it asks to come back over a new one. What else it does, two things say:

The start of the address: `onbekend` and `doorsturen` are refused for good, `vol` for now, `weg` breaks the connection,
`verloren` breaks it after the mail was accepted.

MAP/gedrag.json, read anew at every step: a list of rules. The first that fits is followed:
    bij      the step: verbinding, MAIL, RCPT, DATA (the letter is in, nothing is kept yet), ontvangen (it is kept)
    nummer   only at this time that the step is reached, counted from 1 since the file was written
    adres    only for an address that starts so (RCPT, DATA, ontvangen)
    wacht    first wait so many seconds
    antwoord say this instead; at `verbinding` instead of the greeting
    doe      verbreek: close without a word
             dood: kill -9 whoever is talking to us (`groep`: and its whole process group), then close
             ok-dood: stop that process, say OK, and kill -9 it: it has our answer and never read it
"""

import asyncio
import contextlib
import json
import os
import signal
import sys
import uuid
from pathlib import Path
from typing import Any

import psutil
from aiosmtpd.smtp import SMTP, Envelope, Session

MAILS_PER_VERBINDING = 5


class Draaiboek:
    """The rules of gedrag.json and how often each step was reached since they were written."""

    def __init__(self, pad: Path) -> None:
        self.pad = pad
        self.versie = 0
        self.regels: list[dict[str, Any]] = []
        self.geteld: dict[str, int] = {}

    def regel(self, bij: str, adres: str) -> dict[str, Any]:
        """What to do at this step; nothing special when no rule fits."""
        with contextlib.suppress(FileNotFoundError):
            versie = self.pad.stat().st_mtime_ns
            if versie != self.versie:
                self.regels, self.versie, self.geteld = json.loads(self.pad.read_text()), versie, {}
        self.geteld[bij] = self.geteld.get(bij, 0) + 1
        for regel in self.regels:
            if (
                regel["bij"] == bij
                and regel.get("nummer", self.geteld[bij]) == self.geteld[bij]
                and adres.startswith(regel.get("adres", ""))
            ):
                return regel
        return {}


class Server(SMTP):
    """aiosmtpd, but what it says to a new connection is ours to say."""

    async def _handle_client(self) -> None:
        gedrag: Gedrag = self.event_handler
        uitkomst = await gedrag.stap(self, "verbinding", "")
        if uitkomst is None:
            await super()._handle_client()
        else:
            with contextlib.suppress(ConnectionError):
                await self.push(uitkomst)
            self.transport.close()


class Gedrag:
    def __init__(self, map_: Path) -> None:
        self.map_ = map_
        self.draaiboek = Draaiboek(map_ / "gedrag.json")

    async def stap(self, server: SMTP, bij: str, adres: str) -> str | None:
        """What to answer at this step, or None: what one always answers."""
        regel = self.draaiboek.regel(bij, adres)
        if regel.get("wacht"):
            await asyncio.sleep(regel["wacht"])
        doe = regel.get("doe", "")
        if doe in ("dood", "ok-dood"):
            klant = _wie(server)
            if doe == "ok-dood":
                _sein(klant, signal.SIGSTOP, groep=regel.get("groep", False))
                await _staat_stil(klant)
                asyncio.get_running_loop().call_later(
                    0.1, lambda: _sein(klant, signal.SIGKILL, groep=regel.get("groep", False))
                )
                return None
            _sein(klant, signal.SIGKILL, groep=regel.get("groep", False))
        if doe in ("verbreek", "dood"):
            server.transport.close()
            return "421 Weg"  # nobody hears it
        return regel.get("antwoord")

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, opties: Any) -> str:  # noqa: N802
        if (antwoord := await self.stap(server, "MAIL", "")) is not None:
            return antwoord
        aantal = getattr(session, "aantal", 0)
        if aantal >= MAILS_PER_VERBINDING:
            return "421 4.7.0 Genoeg over deze verbinding"
        session.aantal = aantal + 1  # type: ignore[attr-defined]
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, opties: Any) -> str:  # noqa: N802
        if (antwoord := await self.stap(server, "RCPT", address)) is not None:
            return antwoord
        antwoorden = {
            "onbekend": "550 5.1.1 Onbekende gebruiker",
            "doorsturen": "550 5.7.1 Doorsturen mag niet",
            "vol": "452 4.2.2 Postvak vol",
        }
        for begin, antwoord in antwoorden.items():
            if address.startswith(begin):
                return antwoord
        if address.startswith("weg"):
            server.transport.close()
            return "421 Weg"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        adres = envelope.rcpt_tos[0]
        if (antwoord := await self.stap(server, "DATA", adres)) is not None:
            return antwoord
        nieuw = self.map_ / f".{uuid.uuid4()}"
        nieuw.write_bytes(envelope.content or b"")  # type: ignore[arg-type]
        nieuw.rename(self.map_ / f"{uuid.uuid4()}.eml")
        if (antwoord := await self.stap(server, "ontvangen", adres)) is not None:
            return antwoord
        if adres.startswith("verloren"):
            server.transport.close()
        return "250 OK"


def _wie(server: SMTP) -> int:
    """The process at the other end of the line."""
    poort = server.transport.get_extra_info("peername")[1]
    hier = server.transport.get_extra_info("sockname")[1]
    for lijn in psutil.net_connections("tcp"):
        if lijn.laddr and lijn.raddr and (lijn.laddr.port, lijn.raddr.port) == (poort, hier) and lijn.pid:
            return int(lijn.pid)
    raise LookupError(f"nobody at port {poort}")


async def _staat_stil(pid: int) -> None:
    """Until each of its threads has stopped: before that one of them may still read what we say."""
    while {psutil.Process(draad.id).status() for draad in psutil.Process(pid).threads()} != {psutil.STATUS_STOPPED}:
        await asyncio.sleep(0.001)


def _sein(pid: int, sein: signal.Signals, *, groep: bool) -> None:
    with contextlib.suppress(ProcessLookupError):
        if groep:
            os.killpg(os.getpgid(pid), sein)
        else:
            os.kill(pid, sein)


async def main(map_: Path, poort: int) -> None:
    lus = asyncio.get_running_loop()
    gedrag = Gedrag(map_)
    luisteraar = await lus.create_server(lambda: Server(gedrag, loop=lus), "127.0.0.1", poort)
    print(luisteraar.sockets[0].getsockname()[1], flush=True)  # noqa: T201
    await luisteraar.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
