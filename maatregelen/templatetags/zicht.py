"""Who may see something, in a few words beside its name."""

from collections.abc import Iterable

from django import template
from django.utils import timezone

from maatregelen.models import Afgeschermd, Publicatie, Zichtniveau
from maatregelen.publicatie import ZONE
from maatregelen.templatetags.opmaak import MAANDEN_KORT, aantal_woorden

register = template.Library()

KORT = {
    Zichtniveau.EIGEN: "alleen eigen organisatie",
    Zichtniveau.RIJK: "alleen het Rijk",
    Zichtniveau.REGIETAFEL: "Rijk en partners",
    Zichtniveau.OPENBAAR: "openbaar",
}


@register.filter
def zichtwoorden(stuk: Afgeschermd, altijd: bool | str = False) -> list[str]:
    """What a reader should know of who else sees this: below the table, under embargo, or not adopted yet.

    What is for everybody at the table is what one expects, and says nothing unless `altijd`.
    """
    woorden = []
    if altijd or stuk.zicht < Zichtniveau.REGIETAFEL:
        woorden.append(KORT[stuk.niveau])
    if stuk.heeft_embargo(timezone.now()) and stuk.stil_tot is not None:
        hier = stuk.stil_tot.astimezone(ZONE)
        klok = f"{hier.hour}.{hier.minute:02d} uur"
        woorden.append(f"embargo tot {hier.day} {MAANDEN_KORT[hier.month - 1]} {hier.year}, {klok}")
    publicatie = getattr(stuk, "publicatie", Publicatie.VASTGESTELD)
    if altijd and publicatie != Publicatie.VASTGESTELD:
        woorden.append(Publicatie(publicatie).label)
    return woorden


@register.filter
def geteld(telling: Iterable[tuple[str, int]]) -> str:
    """What there is to see, in words: 1 agenda, 12 maatregelen."""
    delen = [aantal_woorden(aantal, woorden) for woorden, aantal in telling if aantal]
    return ", ".join(delen) or "niets"
