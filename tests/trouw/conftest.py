"""Fixtures of the fault tests: brokers, a mail server, and the product as processes on the database of the test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.trouw.makelaars import Makelaar, Map, Redis
from tests.trouw.opstelling import Dienst, Mailserver


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Makelaar]:
    """A Redis of this file's own."""
    makelaar = Redis(tmp_path_factory.mktemp("makelaar") / "redis")
    try:
        makelaar.start()
        yield makelaar
    finally:
        makelaar.stop()


@pytest.fixture
def map_makelaar(tmp_path: Path) -> Makelaar:
    """The folder by which the demo passes messages."""
    makelaar = Map(tmp_path / "demo")
    makelaar.start()
    return makelaar


@pytest.fixture(scope="module")
def _mailserver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mailserver]:
    server = Mailserver(tmp_path_factory.mktemp("post") / "ontvangen")
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture
def mailserver(_mailserver: Mailserver) -> Mailserver:
    """The mail server of this file, well-behaved and empty, whatever an earlier test did to it."""
    _mailserver.leeg()
    if _mailserver.proces is None:
        _mailserver.start()
    return _mailserver


@pytest.fixture
def dienst(django_db_setup: None, mailserver: Mailserver, tmp_path: Path) -> Iterator[Callable[..., Dienst]]:
    """The product on a broker, with this mail server or another address; all its processes end with the test.

    What they write must be seen by all: a file that uses this marks its tests as such, or brings its own database.
    """
    diensten: list[Dienst] = []

    def maak(makelaar: Makelaar, *, email_url: str | None = None, **extra: str) -> Dienst:
        map_ = tmp_path / f"dienst-{len(diensten)}"
        map_.mkdir()
        diensten.append(Dienst(map_, makelaar, mailserver.url if email_url is None else email_url, **extra))
        return diensten[-1]

    yield maak
    for dienst in diensten:
        dienst.stop()
