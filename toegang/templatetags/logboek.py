"""A line of the log in the words of readers."""

from django import template

from logboek.lezen import Regel
from toegang.forms.logboek import soortwoord

register = template.Library()


@register.filter
def objectwoorden(regel: Regel) -> str:
    """With what it happened: the kind as readers know it and which one, without saying the same twice."""
    woord, welke = soortwoord(regel.soort), regel.naam or regel.sleutel
    if welke.lower().startswith(woord.lower()):
        return welke
    return f"{woord} {welke}".strip()


register.filter("soortwoord", soortwoord)
