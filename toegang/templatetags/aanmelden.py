"""The buttons for signing in with the account of the own organisation."""

from typing import Any

from django import template
from django.template.context import RequestContext

from toegang.aanmeldpunten import in_gebruik

register = template.Library()


@register.inclusion_tag("toegang/aanmeldpunt_knoppen.html", takes_context=True)
def aanmeldknoppen(context: RequestContext) -> dict[str, Any]:
    """A button per provider that is in use; nothing without one. Where to go afterwards travels along."""
    return {
        "punten": in_gebruik(),
        "volgende": context["request"].GET.get("next") or context["request"].POST.get("next") or "",
        "csrf_token": context.get("csrf_token"),
    }
