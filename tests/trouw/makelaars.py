"""Brokers as processes of their own, on a free port with their own data: Redis, RabbitMQ, the folder of the demo."""

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
from kombu import Connection
from kombu.exceptions import OperationalError

LANGSTE_START = 60.0


def vrije_poort() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def programma(pakket: str, *plaatsen: str) -> str:
    """Where a program is; without it the test says loudly which package is missing, and fails under CI."""
    for plaats in plaatsen:
        if gevonden := shutil.which(plaats):
            return gevonden
    reden = f"NO BROKER: not tried with {pakket}; install the package {pakket} (apt install {pakket})"
    if os.environ.get("CI"):
        pytest.fail(reden)
    pytest.skip(reden)


def wacht_tot(vraag: Callable[[], Any], wat: str, seconden: float = 30.0) -> Any:
    """What the question answers once that is something; fails when it takes too long."""
    tot = time.monotonic() + seconden
    while not (antwoord := vraag()):
        if time.monotonic() > tot:
            pytest.fail(f"not within {seconden:.0f} s: {wat}")
        time.sleep(0.02)
    return antwoord


def beeindig(proces: subprocess.Popen[bytes]) -> None:
    """Kill a process and all it started, at once."""
    if proces.poll() is None:
        familie = psutil.Process(proces.pid).children(recursive=True)
        proces.kill()
        for lid in familie:
            with contextlib.suppress(psutil.NoSuchProcess):
                lid.kill()
    proces.wait()


class Makelaar:
    """A broker that can be emptied, stopped and started again at the same address."""

    naam = ""
    url = ""
    opties: dict[str, str] = {}

    def start(self) -> None:
        """Start it, and return when it answers."""

    def stop(self) -> None:
        """Gone, with all it held."""

    def leeg(self) -> None:
        """Throw away all it holds: messages, queues, bindings."""

    def omgeving(self) -> dict[str, str]:
        """What a process of the product must be told to use it."""
        return {"CELERY_BROKER_URL": self.url}

    def verbinding(self) -> Connection:
        """A connection to it."""
        return Connection(self.url, transport_options=self.opties)

    def wachtend(self) -> int:
        """How many ticks lie waiting."""
        with self.verbinding() as verbinding:
            try:
                return int(verbinding.default_channel.queue_declare("celery", passive=True).message_count)
            except verbinding.channel_errors:  # there is no such queue
                return 0

    def antwoordt(self) -> bool:
        """Whether it takes connections."""
        try:
            with self.verbinding() as verbinding:
                verbinding.ensure_connection(max_retries=1, interval_start=0, timeout=2)
        except (OSError, OperationalError):
            return False
        return True


class Redis(Makelaar):
    naam = "redis"

    def __init__(self, map_: Path) -> None:
        self.programma = programma("redis-server", "redis-server", "valkey-server")
        self.map_ = map_
        map_.mkdir()
        self.poort = vrije_poort()
        self.url = f"redis://127.0.0.1:{self.poort}/0"
        self.proces: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with (self.map_ / "redis.log").open("ab") as log:
            self.proces = subprocess.Popen(
                [self.programma, "--port", str(self.poort), "--bind", "127.0.0.1", "--dir", str(self.map_),
                 "--save", "", "--appendonly", "no", "--daemonize", "no"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        wacht_tot(self.antwoordt, "Redis answers", LANGSTE_START)

    def stop(self) -> None:
        if self.proces:
            beeindig(self.proces)
            self.proces = None

    def leeg(self) -> None:
        with self.verbinding() as verbinding:
            verbinding.default_channel.client.flushall()


class RabbitMQ(Makelaar):
    naam = "rabbitmq"

    def __init__(self, map_: Path) -> None:
        # Debian's own command in PATH refuses to run as anybody but root or rabbitmq.
        self.programma = programma("rabbitmq-server", "/usr/lib/rabbitmq/bin/rabbitmq-server", "rabbitmq-server")
        self.epmd = programma("erlang-base", "epmd")
        self.map_ = map_
        map_.mkdir()
        self.poort = vrije_poort()
        self.url = f"amqp://guest:guest@127.0.0.1:{self.poort}//"
        self.processen: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        namen = vrije_poort()
        (self.map_ / "env.conf").touch()
        omgeving = {
            "PATH": os.environ["PATH"],
            "LC_ALL": "C.UTF-8",
            "HOME": str(self.map_),  # the cookie by which nodes know each other
            "RABBITMQ_NODENAME": f"trouw{self.poort}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self.poort),
            "RABBITMQ_DIST_PORT": str(vrije_poort()),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
            "ERL_EPMD_PORT": str(namen),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_MNESIA_BASE": str(self.map_ / "mnesia"),
            "RABBITMQ_LOG_BASE": str(self.map_ / "log"),
            "RABBITMQ_PID_FILE": str(self.map_ / "pid"),
            "RABBITMQ_CONFIG_FILE": str(self.map_ / "rabbitmq"),
            "RABBITMQ_ADVANCED_CONFIG_FILE": str(self.map_ / "advanced.config"),
            "RABBITMQ_CONF_ENV_FILE": str(self.map_ / "env.conf"),
            "RABBITMQ_GENERATED_CONFIG_DIR": str(self.map_ / "gemaakt"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.map_ / "plugins"),
            "detached": "1",  # no shell around it that would answer to signals in its place
        }
        with (self.map_ / "rabbitmq.log").open("ab") as log:
            # Started here, so that the node starts no daemon of names that outlives it.
            for opdracht in ([self.epmd, "-address", "127.0.0.1", "-port", str(namen)], [self.programma]):
                how: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log}
                proces = subprocess.Popen(opdracht, cwd=self.map_, env=omgeving, start_new_session=True, **how)
                self.processen.append(proces)
        wacht_tot(self.antwoordt, f"RabbitMQ answers; see {self.map_}/rabbitmq.log", LANGSTE_START)

    def stop(self) -> None:
        for proces in reversed(self.processen):
            beeindig(proces)
        self.processen = []
        # Nothing survives: not even what it calls durable.
        shutil.rmtree(self.map_ / "mnesia", ignore_errors=True)

    def leeg(self) -> None:
        with self.verbinding() as verbinding:
            verbinding.default_channel.queue_purge("celery")
            verbinding.default_channel.queue_delete("celery")


class Map(Makelaar):
    """The folder that the demo uses."""

    naam = "filesystem"
    url = "filesystem://localhost"

    def __init__(self, var: Path) -> None:
        self.var = var
        self.map_ = var / "broker"
        wachtrij, beheer = str(self.map_ / "wachtrij"), str(self.map_ / "beheer")
        self.opties = {
            "data_folder_in": wachtrij,
            "data_folder_out": wachtrij,
            "control_folder": beheer,
            "store_processed": False,  # type: ignore[dict-item]
        }

    def start(self) -> None:
        for map_ in ("data_folder_in", "control_folder"):
            Path(self.opties[map_]).mkdir(parents=True, exist_ok=True)

    def stop(self) -> None:
        self.leeg()

    def leeg(self) -> None:
        shutil.rmtree(self.map_, ignore_errors=True)

    def omgeving(self) -> dict[str, str]:
        return {"CELERY_BROKER_URL": self.url, "REGIEMONITOR_VAR": str(self.var)}

    def wachtend(self) -> int:
        return len(list(Path(self.opties["data_folder_in"]).glob("*.celery.msg")))
