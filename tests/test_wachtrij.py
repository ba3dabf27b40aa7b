"""The queue of files: whole messages, each taken once, nothing left behind; with several processes at once."""

import shutil
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection

HUIS = Path(__file__).resolve().parent.parent
SCHRIJVER = """
import sys
from kombu import Connection, Exchange, Queue
import migratie
opties = {"data_folder_in": sys.argv[1], "data_folder_out": sys.argv[1], "control_folder": sys.argv[2]}
with Connection("filesystem://", transport_options=opties) as verbinding:
    rij = Queue("proef", Exchange("proef"), routing_key="proef")
    for nummer in range(100):
        bericht = {"van": sys.argv[3], "nummer": nummer, "vulling": "x" * 50000}
        verbinding.Producer().publish(bericht, routing_key="proef", exchange="proef", declare=[rij])
"""


@pytest.fixture
def mappen(tmp_path: Path) -> tuple[Path, Path]:
    """The folders of messages and of tables."""
    wachtrij, beheer = tmp_path / "wachtrij", tmp_path / "beheer"
    wachtrij.mkdir()
    return wachtrij, beheer


@pytest.fixture
def verbinding(mappen: tuple[Path, Path]) -> Iterator[Connection]:
    """A connection to an empty queue."""
    wachtrij, beheer = map(str, mappen)
    opties = {"data_folder_in": wachtrij, "data_folder_out": wachtrij, "control_folder": beheer}
    with Connection("filesystem://", transport_options=opties) as verbinding:
        yield verbinding


def test_in_order_and_nothing_stays_behind(verbinding: Connection, mappen: tuple[Path, Path]) -> None:
    with verbinding.SimpleQueue("proef") as rij:
        for nummer in range(20):
            rij.put({"nummer": nummer})
        assert rij.qsize() == 20
        assert all(pad.name.endswith(".proef.msg") for pad in mappen[0].iterdir())
        ontvangen = []
        for _ in range(20):
            bericht = rij.get(timeout=5)
            bericht.ack()
            ontvangen.append(bericht.payload["nummer"])
        assert ontvangen == list(range(20))
        with pytest.raises(Empty):
            rij.get(block=False)
    assert list(mappen[0].iterdir()) == []
    assert sorted(pad.name for pad in mappen[1].iterdir()) == ["proef.exchange", "proef.slot"]


def test_half_a_message_is_passed_over(verbinding: Connection, mappen: tuple[Path, Path]) -> None:
    with verbinding.SimpleQueue("proef") as rij:
        (mappen[0] / "000_a.proef.msg").write_text("")
        (mappen[0] / "000_b.proef.msg").write_text('{"body": "')
        rij.put({"nummer": 1})
        bericht = rij.get(timeout=5)
        bericht.ack()
        assert bericht.payload == {"nummer": 1}
    assert list(mappen[0].iterdir()) == []


def test_half_a_table_of_queues_is_made_again(verbinding: Connection, mappen: tuple[Path, Path]) -> None:
    """Of a name of its own: kombu remembers per process which queues it declared."""
    mappen[1].mkdir()
    (mappen[1] / "half.exchange").write_text("")
    with verbinding.SimpleQueue("half") as rij:
        rij.put({"nummer": 1})
        rij.get(timeout=5).ack()
    assert "half" in (mappen[1] / "half.exchange").read_text()


def test_emptied_while_in_use(verbinding: Connection, mappen: tuple[Path, Path]) -> None:
    """What was waiting is lost; what comes next is not."""
    with verbinding.SimpleQueue("leeg") as rij:
        rij.put({"nummer": 1})
        for map_ in mappen:
            shutil.rmtree(map_)
        with pytest.raises(Empty):
            rij.get(block=False)
        rij.put({"nummer": 2})
        bericht = rij.get(timeout=5)
        bericht.ack()
        assert bericht.payload == {"nummer": 2}


def test_several_writers_and_readers_at_once(mappen: tuple[Path, Path]) -> None:
    """Large messages, so that a reader would see one half written if that could be seen."""
    wachtrij, beheer = map(str, mappen)
    schrijvers = [
        subprocess.Popen(
            [sys.executable, "-c", SCHRIJVER, wachtrij, beheer, str(nummer)], cwd=HUIS, stderr=subprocess.PIPE
        )
        for nummer in range(2)
    ]
    klaar = threading.Event()
    gelezen: list[tuple[str, int]] = []

    def lees() -> None:
        opties = {"data_folder_in": wachtrij, "data_folder_out": wachtrij, "control_folder": beheer}
        with Connection("filesystem://", transport_options=opties) as verbinding:
            kanaal = verbinding.channel()
            while True:
                laatste = klaar.is_set()
                bericht = kanaal.basic_get("proef", no_ack=True)
                if bericht is not None:
                    inhoud = bericht.decode()
                    gelezen.append((inhoud["van"], inhoud["nummer"]))
                elif laatste:
                    return

    lezers = [threading.Thread(target=lees) for _ in range(2)]
    for lezer in lezers:
        lezer.start()
    fouten = [schrijver.communicate(timeout=60)[1] for schrijver in schrijvers]
    klaar.set()
    for lezer in lezers:
        lezer.join()
    assert fouten == [b"", b""]
    assert Counter(gelezen) == {(str(van), nummer): 1 for van in range(2) for nummer in range(100)}
    assert list(mappen[0].iterdir()) == []
