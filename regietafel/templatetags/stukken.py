"""The button that makes a paper of what a page is about, as of when that page looks."""

from typing import Any

from django import template

from maatregelen.tijdreis import hier
from maatregelen.zichtbaarheid import Bevoegdheid
from regietafel.models import Formaat
from regietafel.zichtbaarheid import mag_stukken_maken

register = template.Library()


@register.inclusion_tag("regietafel/stukken/knop.html", takes_context=True)
def stukknop(
    context: Any,
    soort: str,
    woorden: str,
    formaat: str = Formaat.PDF,
    als_link: bool = False,
    over: str = "",
    **onderwerp: Any,
) -> dict[str, Any]:
    """A button: `{% stukknop "onepager" "Onepager" maatregel=maatregel.code %}`. Nothing for who may not make papers.

    `over`: what it is about, read aloud after the words. `als_link`: among other links. Reads `wie` of the page.
    """
    wie: Bevoegdheid | None = context.get("wie")
    daar = hier()
    return {
        "mag": wie is not None and mag_stukken_maken(wie),
        "velden": {"soort": soort, "formaat": str(formaat), **onderwerp, **(daar.adres if daar else {})},
        "woorden": woorden,
        "over": over,
        "als_link": als_link,
        "csrf_token": context.get("csrf_token"),
    }
