"""A mail server of its own process, that behaves as the address asks. `python -m tests.mailserver MAP` prints its port.

Each mail it accepts becomes a file in MAP, also one whose answer gets lost on the way. By the start of the address:
`onbekend` and `doorsturen` are refused for good, `vol` for now, `weg` breaks the connection, `verloren` breaks it after
the mail was accepted. After five mails over one connection it asks to come back over a new one.
"""

import asyncio
import sys
import uuid
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

MAILS_PER_VERBINDING = 5


class Gedrag:
    def __init__(self, map_: Path) -> None:
        self.map_ = map_

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, opties: Any) -> str:  # noqa: N802
        aantal = getattr(session, "aantal", 0)
        if aantal >= MAILS_PER_VERBINDING:
            return "421 4.7.0 Genoeg over deze verbinding"
        session.aantal = aantal + 1  # type: ignore[attr-defined]
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, opties: Any) -> str:  # noqa: N802
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
        pad = self.map_ / f"{uuid.uuid4()}.eml"
        pad.write_bytes(envelope.content or b"")  # type: ignore[arg-type]
        if envelope.rcpt_tos[0].startswith("verloren"):
            server.transport.close()
        return "250 OK"


async def main(map_: Path) -> None:
    lus = asyncio.get_running_loop()
    luisteraar = await lus.create_server(lambda: SMTP(Gedrag(map_), loop=lus), "127.0.0.1", 0)
    print(luisteraar.sockets[0].getsockname()[1], flush=True)  # noqa: T201
    await luisteraar.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
