"""The mail server is down, refuses, is slow, loses its answer or refuses one address: what arrives, what is recorded.

A real worker, ticks by way of a real Redis, a real mail server process.
"""

from collections import Counter
from collections.abc import Iterator

import pytest
from django.conf import settings

from maatregelen.models import Herinnering
from tests.trouw.makelaars import Makelaar
from tests.trouw.opstelling import (
    GEDULD,
    SOLO,
    Dienst,
    Mailserver,
    Proces,
    fouten,
    grootboek,
    namen,
    nieuws,
    precies_eenmaal,
    uitkomsten,
    volgers,
)

pytestmark = pytest.mark.django_db(transaction=True, available_apps=list(settings.INSTALLED_APPS))


@pytest.fixture(scope="module")
def _worker(
    django_db_setup: None, redis: Makelaar, _mailserver: Mailserver, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Dienst, Proces]]:
    alles = Dienst(tmp_path_factory.mktemp("dienst"), redis, _mailserver.url)
    try:
        yield alles, alles.worker(*SOLO)
    finally:
        alles.stop()


@pytest.fixture
def worker(_worker: tuple[Dienst, Proces]) -> tuple[Dienst, Proces]:
    """One worker that takes ticks from Redis; it lives through all that the mail server does in this file."""
    assert _worker[1].leeft
    return _worker


def test_down_and_back(worker: tuple[Dienst, Proces], mailserver: Mailserver) -> None:
    alles, proces = worker
    volgers(*namen(4))
    mailserver.stop()
    for keer in (1, 2):
        assert alles.tik_af(proces) == "succeeded"
        assert uitkomsten() == {"open": 4}
        # It did not try each of them: the server was gone. The next time it begins with another.
        assert sum(pogingen for _, _, pogingen in grootboek()) == keer
    assert set(fouten().values()) == {"ConnectionRefusedError: Connection refused"}
    mailserver.start()
    assert alles.tik_af(proces) == "succeeded"
    assert uitkomsten() == {"verzonden": 4}
    precies_eenmaal(mailserver, 4)
    assert alles.tik_af(proces) == "succeeded"
    precies_eenmaal(mailserver, 4)


@pytest.mark.parametrize(
    "weigering",
    [
        {"bij": "verbinding", "antwoord": "421 4.3.2 Even dicht voor onderhoud"},
        {"bij": "verbinding", "antwoord": "554 5.3.2 Geen dienst"},
        {"bij": "verbinding", "doe": "verbreek"},
        {"bij": "MAIL", "antwoord": "421 4.3.2 Even dicht voor onderhoud"},
        {"bij": "MAIL", "doe": "verbreek"},
    ],
    ids=["421-greeting", "554-greeting", "hangs-up", "421-later", "hangs-up-later"],
)
def test_refusing_and_back(worker: tuple[Dienst, Proces], mailserver: Mailserver, weigering: dict[str, str]) -> None:
    alles, proces = worker
    volgers(*namen(4))
    mailserver.doe(weigering)
    assert alles.tik_af(proces) == "succeeded"
    assert uitkomsten() == {"open": 4}
    assert mailserver.ontvangen() == {}
    assert fouten()
    mailserver.doe()
    assert alles.tik_af(proces) == "succeeded"
    assert uitkomsten() == {"verzonden": 4}
    precies_eenmaal(mailserver, 4)


def test_slow(worker: tuple[Dienst, Proces], mailserver: Mailserver) -> None:
    """Each answer takes a while: it all arrives in one go."""
    alles, proces = worker
    volgers(*namen(6))
    mailserver.doe(*({"bij": bij, "wacht": 0.1} for bij in ("verbinding", "MAIL", "RCPT", "DATA", "ontvangen")))
    assert alles.tik_af(proces) == "succeeded"
    assert {(uitkomst, pogingen) for _, uitkomst, pogingen in grootboek()} == {("verzonden", 1)}
    precies_eenmaal(mailserver, 6)


@pytest.mark.parametrize("bij", ["verbinding", "RCPT"])
def test_slower_than_we_wait(worker: tuple[Dienst, Proces], mailserver: Mailserver, bij: str) -> None:
    """Longer than a mail server may take: nothing was handed over, so nothing counts as sent and nothing repeats."""
    alles, proces = worker
    volgers(*namen(3))
    mailserver.doe({"bij": bij, "wacht": GEDULD + 0.5})
    assert alles.tik_af(proces) == "succeeded"
    assert uitkomsten() == {"open": 3}
    assert mailserver.ontvangen() == {}
    assert all(fout.endswith("timed out") for fout in fouten().values()), fouten()
    mailserver.doe()
    assert alles.tik_af(proces) == "succeeded"
    precies_eenmaal(mailserver, 3)


def test_an_answer_that_comes_too_late_repeats_that_mail_only(
    worker: tuple[Dienst, Proces], mailserver: Mailserver
) -> None:
    """The server keeps the second mail and says so when we no longer listen."""
    alles, proces = worker
    volgers(*namen(4))
    mailserver.doe({"bij": "ontvangen", "nummer": 2, "wacht": GEDULD + 0.5})
    assert alles.tik_af(proces) == "succeeded"
    eerst, tweede, *later = Herinnering.objects.order_by("id")
    assert [rij.uitkomst for rij in (eerst, tweede, *later)] == ["verzonden", "open", "verzonden", "verzonden"]
    assert alles.tik_af(proces) == "succeeded"
    assert uitkomsten() == {"verzonden": 4}
    precies_eenmaal(mailserver, 4, herhaald=1)
    assert mailserver.ontvangen()[tweede.kenmerk] == 2


def test_the_answer_is_lost_after_the_letter(worker: tuple[Dienst, Proces], mailserver: Mailserver) -> None:
    """The server kept the third mail and hung up: that one repeats, under the same Message-ID, and no other."""
    alles, proces = worker
    volgers(*namen(6))
    mailserver.doe({"bij": "ontvangen", "nummer": 3, "doe": "verbreek"})
    assert alles.tik_af(proces) == "succeeded"
    derde = Herinnering.objects.order_by("id")[2]
    assert list(Herinnering.objects.exclude(uitkomst="verzonden")) == [derde]
    assert (derde.uitkomst, derde.laatste_fout) == ("open", "SMTPServerDisconnected: Connection unexpectedly closed")
    assert alles.tik_af(proces) == "succeeded"
    assert uitkomsten() == {"verzonden": 6}
    precies_eenmaal(mailserver, 6, herhaald=1)
    assert mailserver.ontvangen()[derde.kenmerk] == 2


def test_it_hangs_up_before_keeping_the_letter(worker: tuple[Dienst, Proces], mailserver: Mailserver) -> None:
    """To us that looks the same; here it was not kept, and the next tick brings it: once."""
    alles, proces = worker
    volgers(*namen(6))
    mailserver.doe({"bij": "DATA", "nummer": 3, "doe": "verbreek"})
    assert alles.tik_af(proces) == "succeeded"
    assert uitkomsten() == {"verzonden": 5, "open": 1}
    assert alles.tik_af(proces) == "succeeded"
    precies_eenmaal(mailserver, 6)


def test_one_address_refused_for_now(worker: tuple[Dienst, Proces], mailserver: Mailserver) -> None:
    alles, proces = worker
    volgers("a", "laat", "z")
    mailserver.doe({"bij": "RCPT", "adres": "laat", "antwoord": "451 4.7.1 Probeer het over een paar minuten weer"})
    assert alles.tik_af(proces) == "succeeded"
    assert grootboek() == [("a", "verzonden", 1), ("laat", "open", 1), ("z", "verzonden", 1)]
    assert fouten() == {"laat": "451 4.7.1 Probeer het over een paar minuten weer"}
    mailserver.doe()
    assert alles.tik_af(proces) == "succeeded"
    assert grootboek() == [("a", "verzonden", 1), ("laat", "verzonden", 2), ("z", "verzonden", 1)]
    assert fouten() == {}
    precies_eenmaal(mailserver, 3)


@pytest.mark.parametrize("bij", ["RCPT", "DATA"])
def test_the_letter_is_refused_for_now(worker: tuple[Dienst, Proces], mailserver: Mailserver, bij: str) -> None:
    alles, proces = worker
    volgers(*namen(3))
    mailserver.doe({"bij": bij, "antwoord": "452 4.3.1 Geen ruimte meer op de mailserver"})
    assert alles.tik_af(proces) == "succeeded"
    assert uitkomsten() == {"open": 3}
    mailserver.doe()
    assert alles.tik_af(proces) == "succeeded"
    precies_eenmaal(mailserver, 3)


def test_one_address_refused_for_good(worker: tuple[Dienst, Proces], mailserver: Mailserver) -> None:
    """It stops nobody else, stands in the ledger in the words of the server, and is not tried again."""
    alles, proces = worker
    maatregel = volgers("a", "onbekend", "z")
    for _ in range(2):
        assert alles.tik_af(proces) == "succeeded"
        assert grootboek() == [("a", "verzonden", 1), ("onbekend", "geweigerd", 1), ("z", "verzonden", 1)]
    assert fouten() == {"onbekend": "550 5.1.1 Onbekende gebruiker"}
    assert Counter(mail["To"] for mail in mailserver.mails()) == {"a@voorbeeld.nl": 1, "z@voorbeeld.nl": 1}
    # Of the next change it is told again: the address may have been put right.
    nieuws(maatregel)
    assert alles.tik_af(proces) == "succeeded"
    assert [rij for rij in grootboek() if rij[0] == "onbekend"] == [("onbekend", "geweigerd", 1)] * 2


@pytest.mark.parametrize(
    ("bij", "antwoord"),
    [
        ("MAIL", "530 5.7.0 Meld u eerst aan"),
        ("MAIL", "550 5.7.1 Deze afzender mag hier niet versturen"),
        ("RCPT", "530 5.7.0 Meld u eerst aan"),
        ("RCPT", "550 5.7.1 Doorsturen mag niet"),
        ("RCPT", "554 5.7.1 Relay access denied"),
        ("DATA", "550 5.7.26 Afzender niet bewezen"),
    ],
)
def test_a_refusal_of_us_is_no_fault_of_the_address(
    worker: tuple[Dienst, Proces], mailserver: Mailserver, bij: str, antwoord: str
) -> None:
    alles, proces = worker
    volgers(*namen(2))
    mailserver.doe({"bij": bij, "antwoord": antwoord})
    assert alles.tik_af(proces) == "succeeded"
    assert uitkomsten() == {"open": 2}
    assert all(antwoord in fout for fout in fouten().values()), fouten()
    mailserver.doe()
    assert alles.tik_af(proces) == "succeeded"
    precies_eenmaal(mailserver, 2)
