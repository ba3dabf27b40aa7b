"""What hides secrets and addresses: the same as ever, and a text twice as long takes twice as long."""

import itertools
import re
import time
from collections.abc import Callable

import pytest

from logboek.geheimen import Geweigerd, is_geheime_naam, keur_tekst, lijkt_geheim, verberg
from maatregelen.verzendboek import zonder_adres

LENGTE = 10_000
# Seconds below which the clock says more than the work; a second and more where every letter begins anew.
KORT = 0.05
# What could start something and never finishes it, by itself and after what starts something else.
BEGINNEN = ("", "token", "://a:", "a@", "argon2")
STUKKEN = (
    "a",
    "a.",
    "a-",
    "@",
    "a@",
    "a@a ",
    "://",
    "://a:",
    "token ",
    " ",
    "argon2",
    "0f",
    "eyJ",
    "6fee8496-",
    "é",
    "/",
)
FUNCTIES: tuple[Callable[[str], object], ...] = (lijkt_geheim, is_geheime_naam, verberg, zonder_adres)


def duur(functie: Callable[[str], object], tekst: str) -> float:
    """Seconds of this process."""
    begin = time.process_time()
    functie(tekst)
    return time.process_time() - begin


@pytest.mark.parametrize("functie", FUNCTIES)
def test_twice_as_long_takes_twice_as_long(functie: Callable[[str], object]) -> None:
    for begin, stuk in itertools.product(BEGINNEN, STUKKEN):
        kort, lang = (begin + stuk * (lengte // len(stuk)) for lengte in (LENGTE, 2 * LENGTE))
        if duur(functie, lang) < KORT:
            continue
        tijden = [(duur(functie, kort), duur(functie, lang)) for _ in range(5)]
        een, twee = (min(kant) for kant in zip(*tijden, strict=True))
        assert twee < max(KORT, 2.6 * een), (begin, stuk, een, twee)


def alle_teksten() -> list[str]:
    """Every text of up to seven of these characters."""
    return ["".join(tekens) for lengte in range(8) for tekens in itertools.product("a@. <", repeat=lengte)]


def test_an_address_is_what_it_always_was() -> None:
    """Said in the long way, which begins anew at every letter."""
    adres = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
    gevonden = 0
    for tekst in alle_teksten():
        if adres.search(tekst):
            gevonden += 1
            with pytest.raises(Geweigerd, match="e-mailadres"):
                keur_tekst("naam", tekst)
        else:
            assert keur_tekst("naam", tekst) == tekst
    assert gevonden > 700


def test_an_address_in_the_words_of_a_mail_server_is_what_it_always_was() -> None:
    adres = re.compile(r"[^\s<>\"'(),;:]+@[^\s<>\"'(),;:]+")
    gevonden = 0
    for tekst in alle_teksten():
        anders = adres.sub("(adres)", tekst)
        assert zonder_adres(tekst) == anders
        gevonden += anders != tekst
    assert gevonden > 1000
