"""What may never be written down: secrets, and what says by itself who a person is."""

import re
from collections.abc import Mapping

from django.utils.crypto import salted_hmac

# Parts of the name of a detail that hold a secret. Parts, so that `tokens` and `nieuwToken` do not slip through.
_NAMEN = re.compile(
    r"wachtwoord|password|passwd|passphrase|secret(?!ariaat)|geheim|token|authori[sz]ation|autorisatie|cookie|csrf|credential"
    r"|otp|(?:^|_)pin(?:$|_)|herstelcode|privesleutel|private_?key|api_?key|sessie_?sleutel|session_?(?:key|id)"
    r"|handtekening|signature",
    re.IGNORECASE,
)
_WAARDEN = re.compile(
    r"\b(?:token|bearer|basic|digest)\s+[A-Za-z0-9+/_.=-]{8,}"  # an Authorization header
    r"|\b[0-9a-fA-F]{32,}\b"  # keys and hashes of keys
    r"|\beyJ[A-Za-z0-9_-]{8,}"  # signed tokens
    r"|[A-Za-z0-9_-]{40,}"  # anything long and random: an address with a secret in it
    r"|\$?(?:argon2|pbkdf2|bcrypt|scrypt)[a-z0-9_]*\$"  # stored passwords
    r"|otpauth://|://[^/\s:@]*:[^/\s@]+@"  # second factors, addresses with a password
    r"|-----BEGIN ",
    re.IGNORECASE,
)
# From the @ on: whoever begins at every letter before it reads a long text as many times as it has letters.
_EMAIL = re.compile(r"(?<=[^\s@<>])@[^\s@<>]+\.[^\s@<>]")
# A key of a paper or a bundle: random, but no secret; who has it still has to be allowed to see what it stands for.
_UUID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.IGNORECASE)

# What stands in the place of what may not be written down.
VERBORGEN = "…"

Waarde = str | int | bool | float | None | list[str] | list[int]


class Geweigerd(ValueError):  # noqa: N818  # a word of the domain, as Tijdfout is
    """Something that may not stand in the log. Says which name, never which value."""


def lijkt_geheim(tekst: str) -> bool:
    """Whether a text could be a password, a key or a header with one."""
    return bool(_WAARDEN.search(_UUID.sub("", tekst)))


def is_geheime_naam(naam: str) -> bool:
    """Whether what has this name holds a secret."""
    return bool(_NAMEN.search(naam))


def keur_tekst(naam: str, tekst: str) -> str:
    """The text; raises Geweigerd when it could be a secret or holds an e-mail address."""
    if lijkt_geheim(tekst):
        raise Geweigerd(f"'{naam}' lijkt een geheim te bevatten en komt niet in het logboek.")
    if _EMAIL.search(tekst):
        raise Geweigerd(f"'{naam}' bevat een e-mailadres. Personen staan alleen als sleutel in het logboek.")
    return tekst.replace("\x00", "")


def verberg(tekst: str) -> str:
    """The text, with a mark in the place of every part between slashes that `keur_tekst` refuses.

    For what a stranger made up, such as an address: it has to be written down somehow. The mark is the same for the
    same part, so that attempts can be told apart, and leads to nothing for who does not have the key of this product.
    """
    if _mag(tekst):
        return tekst
    delen = "/".join(deel if _mag(deel) else _merk(deel) for deel in tekst.split("/"))
    return delen if _mag(delen) else _merk(tekst)


def _mag(tekst: str) -> bool:
    return not lijkt_geheim(tekst) and not _EMAIL.search(tekst)


def _merk(tekst: str) -> str:
    return VERBORGEN + salted_hmac("logboek.verborgen", tekst, algorithm="sha256").hexdigest()[:12]


def keur_details(details: Mapping[str, Waarde]) -> dict[str, Waarde]:
    """The details; raises Geweigerd for a name or a value that could be a secret, TypeError for what is no value."""
    goed: dict[str, Waarde] = {}
    for naam, waarde in details.items():
        if is_geheime_naam(naam):
            raise Geweigerd(f"'{naam}' hoort niet in het logboek.")
        if not (waarde is None or isinstance(waarde, str | int | float | list)):
            raise TypeError(f"'{naam}' is geen tekst, getal of lijst daarvan.")
        if isinstance(waarde, list):
            if not all(isinstance(deel, str | int) for deel in waarde):
                raise TypeError(f"'{naam}' is geen lijst van teksten of getallen.")
            goed[naam] = [keur_tekst(naam, deel) if isinstance(deel, str) else deel for deel in waarde]  # type: ignore[assignment]
        else:
            goed[naam] = keur_tekst(naam, waarde) if isinstance(waarde, str) else waarde
    return goed
