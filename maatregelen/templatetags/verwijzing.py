"""Where a reference in a text can be read: official publications have addresses that follow from their number."""

import re

from django import template

register = template.Library()

PUBLICATIES = "https://zoek.officielebekendmakingen.nl"
# A dossier such as 19 637, with a number (Tweede Kamer) or a letter (Eerste Kamer).
_KAMERSTUK = re.compile(r"\b(\d{2})[ .]?(\d{3})(?:-[IVXLC]+)?, (?:nr\. ?(\d{1,4})|([A-Z]{1,2}))\b")
_STAATSBLAD = re.compile(r"\bStb\. (\d{4}), (?:nr\. )?(\d{1,4})\b")


@register.filter
def publicatie_url(tekst: str) -> str:
    """The address of the paper: Kamerstuk 19 637, nr. 2375 is kst-19637-2375. An empty text where none follows."""
    if gevonden := _KAMERSTUK.search(tekst):
        begin, eind, nummer, letter = gevonden.groups()
        return f"{PUBLICATIES}/kst-{begin}{eind}-{nummer or letter}.html"
    if gevonden := _STAATSBLAD.search(tekst):
        return f"{PUBLICATIES}/stb-{gevonden[1]}-{gevonden[2]}.html"
    return ""
