"""The queue of the demo: kombu's filesystem transport, with whole messages only and nothing outside its own folders.

As published it shows a message before it is written, passes each one through the temporary folder of the machine, and
empties the table of queues before it takes the lock; worker, beat and web then trip over half a file. Everything else
is kombu's.
"""

import fcntl
import glob
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty
from time import time_ns
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps, loads


def _schrijf(pad: Path, inhoud: Any) -> None:
    """The whole file or none of it."""
    pad.parent.mkdir(parents=True, exist_ok=True)
    tijdelijk = pad.with_name(f".{uuid.uuid4()}.nieuw")
    tijdelijk.write_text(dumps(inhoud))
    tijdelijk.replace(pad)


class Channel(filesystem.Channel):
    """Messages and tables of queues as files that are there entirely or not at all."""

    def _put(self, queue: str, payload: dict[str, Any], **_: Any) -> None:  # type: ignore[override]  # as its parent does
        # The wall clock keeps the order over a restart of the machine too.
        _schrijf(Path(self.data_folder_out) / f"{time_ns():020d}_{uuid.uuid4()}.{queue}.msg", payload)

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        for pad in sorted(Path(self.data_folder_in).glob(f"*.{glob.escape(queue)}.msg")):
            if pad.name.partition(".")[2] != f"{queue}.msg":
                continue
            try:
                inhoud = pad.read_text()
                pad.unlink()  # who removes it, has it
            except FileNotFoundError:
                continue
            try:
                return loads(inhoud)
            except ValueError:
                continue  # half a file, left by a machine that lost power; the next tick asks again
        raise Empty

    def get_table(self, exchange: str) -> list[Any]:
        # Who emptied the folder took the tables too: then what this process declared itself.
        return self._tabel(self._bestand(exchange)) or super(filesystem.Channel, self).get_table(exchange)

    def _tabel(self, pad: Path) -> list[Any]:
        try:
            return [filesystem.exchange_queue_t(*rij) for rij in loads(pad.read_text())]
        except (FileNotFoundError, ValueError):
            return []

    def _queue_bind(self, exchange: str, routing_key: str | None, pattern: str | None, queue: str) -> None:
        rij = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        with self._alleen(exchange) as pad:
            tabel = self._tabel(pad)
            if rij not in tabel:
                _schrijf(pad, [rij, *tabel])

    def _delete(self, queue: str, exchange: str, routing_key: str, pattern: str, *args: Any, **kwargs: Any) -> None:
        self._purge(queue)
        rij = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        with self._alleen(exchange) as pad:
            tabel = self._tabel(pad)
            if rij in tabel:
                _schrijf(pad, [andere for andere in tabel if andere != rij])

    def _bestand(self, exchange: str) -> Path:
        pad: Path = self._exchange_file(exchange)  # type: ignore[attr-defined]  # kombu's own, unknown to its stubs
        return pad

    @contextmanager
    def _alleen(self, exchange: str) -> Iterator[Path]:
        """The file of this exchange, while no other process changes it."""
        pad = self._bestand(exchange)
        pad.parent.mkdir(parents=True, exist_ok=True)
        with pad.with_suffix(".slot").open("a") as slot:
            fcntl.flock(slot, fcntl.LOCK_EX)
            yield pad


class Transport(filesystem.Transport):
    """For CELERY_BROKER_URL=filesystem:// (see migratie/celery.py)."""

    Channel = Channel
