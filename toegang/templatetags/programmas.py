"""Whether a page leads to the programs of an organisation."""

from django import template

from maatregelen.models import Organisatie
from maatregelen.zichtbaarheid import Bevoegdheid
from toegang.programmas import mag_programmas_bijhouden

register = template.Library()


@register.simple_tag
def programmas_bijhouden(wie: Bevoegdheid, organisatie: Organisatie) -> bool:
    """Whether who looks keeps up the programs of this organisation; asks nothing of the database."""
    return not organisatie.is_aanduiding and mag_programmas_bijhouden(wie, organisatie)
