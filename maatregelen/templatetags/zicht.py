"""Who may see something, in a few words beside its name."""

import datetime
from collections.abc import Iterable

from django import template
from django.utils import timezone

from maatregelen.models import INTERNE_VELDEN, Afgeschermd, Maatregel, Reactie, Reactiesoort, Zichtniveau
from maatregelen.publicatie import ZONE, voor_wie
from maatregelen.templatetags.opmaak import MAANDEN_KORT, aantal_woorden

register = template.Library()

KORT = {
    Zichtniveau.EIGEN: "alleen eigen organisatie",
    Zichtniveau.RIJK: "alleen het Rijk",
    Zichtniveau.REGIETAFEL: "Rijk en partners",
    Zichtniveau.OPENBAAR: "openbaar",
}


TWEE = "twee organisaties houden dit elk voor zichzelf"


def _embargo(tot: datetime.datetime) -> str:
    hier = tot.astimezone(ZONE)
    return f"embargo tot {hier.day} {MAANDEN_KORT[hier.month - 1]} {hier.year}, {hier.hour}.{hier.minute:02d} uur"


@register.filter
def zichtwoorden(stuk: Afgeschermd, bekend: Afgeschermd | str = "") -> list[str]:
    """What a reader should know of who else sees this: that it is for fewer than the table, or under embargo.

    What was said already of `bekend`, the whole it is shown in, is not said again.
    """
    geheel = bekend if isinstance(bekend, Afgeschermd) else None
    woorden = []
    if stuk.zicht < (geheel.zicht if geheel else Zichtniveau.REGIETAFEL):
        woorden.append(KORT[stuk.niveau])
    if stuk.stil_tot and stuk.heeft_embargo(timezone.now()) and not (geheel and geheel.stil_tot == stuk.stil_tot):
        woorden.append(TWEE if stuk.houden_twee_voor_zich else _embargo(stuk.stil_tot))
    return woorden


@register.simple_tag
def zicht_naast(stuk: Afgeschermd, bekend: Afgeschermd | str) -> list[str]:
    """The same for a template that may have no such whole: a filter cannot take a name that is not there."""
    return zichtwoorden(stuk, bekend)


@register.filter
def voluit(stuk: Afgeschermd) -> str:
    """Who may see this, in full: the own organisation SZW, under embargo until then."""
    zin = voor_wie(stuk.niveau)
    if stuk.zicht == Zichtniveau.EIGEN:
        zin = f"{zin}, {stuk.zicht_voor.afkorting}" if stuk.zicht_voor else "het LRT-secretariaat"
    if stuk.stil_tot and stuk.heeft_embargo(timezone.now()):
        wie = stuk.stil_voor.afkorting if stuk.stil_voor else "het LRT-secretariaat"
        tot = f"{_embargo(stuk.stil_tot)}, tot dan alleen {wie}"
        zin = f"{zin}; {TWEE}" if stuk.houden_twee_voor_zich else f"{zin}; {tot}"
    return zin


@register.filter
def internen(maatregel: Maatregel) -> str:
    """What of a measure is kept within the Rijk: de toelichting, de voorwaarde."""
    return ", ".join(label for naam, label in INTERNE_VELDEN if naam in maatregel.interne_velden)


@register.filter
def reactietelling(reacties: Iterable[Reactie]) -> str:
    """How many organisations say something of it, as a link: 2 reacties, 1 afwijkend standpunt. Empty for none."""
    staand = [reactie.soort for reactie in reacties if reactie.ingetrokken_op is None]
    return reactiewoorden(len(staand), staand.count(Reactiesoort.AFWIJKEND))


@register.filter
def reactiewoorden(aantal: int, afwijkend: int) -> str:
    """The same of counts: all of them, and how many of those are dissents."""
    gewoon = aantal - afwijkend
    delen = [aantal_woorden(afwijkend, "afwijkend standpunt,afwijkende standpunten")] if afwijkend else []
    return ", ".join([*delen, *([aantal_woorden(gewoon, "reactie,reacties")] if gewoon else [])])


@register.filter
def geteld(telling: Iterable[tuple[str, int]]) -> str:
    """What there is to see, in words: 1 agenda, 12 maatregelen."""
    delen = [aantal_woorden(aantal, woorden) for woorden, aantal in telling if aantal]
    return ", ".join(delen) or "niets"
