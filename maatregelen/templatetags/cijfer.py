"""How figures read in Dutch: points between thousands, a comma before decimals, the words of the source with them."""

from decimal import Decimal

from django import template

from maatregelen.models import Meting

register = template.Library()


@register.filter
def getal(waarde: Decimal | int | None) -> str:
    """A number in Dutch notation: 96.000, 1,5. No number is no text: it is not zero."""
    if waarde is None:
        return ""
    tekst = f"{Decimal(waarde).normalize():,f}"
    return tekst.translate(str.maketrans(",.", ".,"))


@register.filter
def vindplaats(meting: Meting) -> str:
    """Where the figure stands: below the title of its document only the place in it."""
    titel = meting.agenda.titel if meting.agenda else ""
    plek = meting.bron.removeprefix(titel).lstrip(" ,:")
    return plek or (f"regel {meting.regel_van}" if meting.regel_van else meting.bron)


@register.filter
def meetwaarde(meting: Meting) -> str:
    """A figure as its source says it: circa 31.300, 84 tot 87, B1; a range keeps both ends."""
    waarde = meting.waarde_tekst or getal(meting.waarde)
    if meting.waarde_tot is not None:
        tussen = "en" if meting.kwalificatie == "tussen" else "tot"
        waarde = f"{waarde} {tussen} {getal(meting.waarde_tot)}"
    return f"{meting.kwalificatie} {waarde}".strip()
