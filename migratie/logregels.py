"""What must never stand in a log: the secret in the address of a calendar or a feed (docs/besluiten/0021) and of a
link that opens something, what a provider answers for somebody who signs in, and a key of the API, wherever it is put.
"""

import logging
import re
from typing import Any

# What follows these paths up to where an address ends, in any spelling that leads to the same place.
_GEHEIM = re.compile(
    r"((?:/|%2f)(?:kalender|wijzigingen|wachtwoord-kiezen|afmelden)(?:/|%2f)++)"
    r"(?!\(verborgen\))[^\s\"'<>?#&,;)\]}\\]+",
    re.IGNORECASE,
)
# What a provider sends back to let somebody in, and what people wrongly put in an address.
_VRAAG = re.compile(
    r"((?:[?&]|%3f|%26)(?:code|state|token|[a-z]+_token|password)(?:=|%3d))[^\s\"'<>&#]+", re.IGNORECASE
)
# A key by its first letters (REST_KNOX in the settings), whole or cut off. Keys of before those had only their length:
# what has the same length and is something else, such as a sha256, goes with them.
_SLEUTEL = re.compile(r"(rgm(?:_|%5f))[0-9a-z]+|(?<![0-9a-z])[0-9a-f]{64}(?![0-9a-z])", re.IGNORECASE)


def zonder_geheimen(tekst: str) -> str:
    """The text with such secrets replaced by a word."""
    for patroon in (_GEHEIM, _VRAAG, _SLEUTEL):
        tekst = patroon.sub(r"\1(verborgen)", tekst)
    return tekst


def verberg(logger: Any, naam: str, regel: str) -> str:
    """The last processor: works on the line as it will be written, so also on what Django and others put in it."""
    return zonder_geheimen(regel)


def verberg_in_record(record: logging.LogRecord) -> bool:
    """The same for the loggers of servers, which write their lines themselves; lets every line through."""
    record.msg, record.args = zonder_geheimen(record.getMessage()), None
    return True
