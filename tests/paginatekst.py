"""What a reader gets from a page, for tests: its words, the words between two headings, what it cost."""

import html
import re
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def tekst(antwoord: Any) -> str:
    """What a reader reads: without tags, without double spaces."""
    inhoud = re.sub(r"<(script|style)\b.*?</\1>", " ", antwoord.content.decode(), flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", inhoud)).split())


def stuk(antwoord: Any, van: str, tot: str) -> str:
    """What stands between two headings."""
    alles = tekst(antwoord)
    begin = alles.index(van)
    return alles[begin : alles.index(tot, begin)]


def queries(client: Client, pad: str) -> int:
    """How many queries a page costs."""
    with CaptureQueriesContext(connection) as gevangen:
        antwoord = client.get(pad)
    assert antwoord.status_code == 200
    return len(gevangen)
