"""How lines of minutes look, and what the page's script reads along with them."""

import json
from typing import Any

from django import template

register = template.Library()


@register.filter
def als_json(waarden: Any) -> str:
    """Values for an attribute that a script reads; the template escapes them."""
    return json.dumps(waarden, ensure_ascii=False)
