"""Words that were looked for, marked where they stand."""

import re
from collections.abc import Sequence

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
RONDOM = 120


@register.filter
def gemarkeerd(tekst: str, woorden: Sequence[str]) -> SafeString:
    """The text, escaped, with each of the words marked."""
    if not woorden:
        return escape(tekst)
    patroon = re.compile("|".join(re.escape(woord) for woord in sorted(woorden, key=len, reverse=True)), re.IGNORECASE)
    uit, einde = [], 0
    for vondst in patroon.finditer(tekst):
        uit += [escape(tekst[einde : vondst.start()]), "<mark>", escape(vondst.group()), "</mark>"]
        einde = vondst.end()
    return mark_safe("".join([*uit, escape(tekst[einde:])]))  # noqa: S308  every part was escaped above


@register.filter
def fragment(tekst: str, woorden: Sequence[str]) -> str:
    """The piece of a long text around the first of the words; nothing when none of them stands in it."""
    plaatsen = [plek for woord in woorden if (plek := tekst.lower().find(woord.lower())) >= 0]
    if not plaatsen:
        return ""
    begin, einde = max(0, min(plaatsen) - RONDOM // 2), min(plaatsen) + RONDOM
    stuk = tekst[begin:einde].strip()
    return f"{'…' if begin else ''}{stuk}{'…' if einde < len(tekst) else ''}"
