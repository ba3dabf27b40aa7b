"""Keys by which a person's scripts come in."""

from knox.models import get_token_model

from maatregelen.models import Persoon


def geef_sleutel(persoon: Persoon, *, schrijven: bool) -> str:
    """A new key, to be shown once: only its hash is kept. It may never do more than its person, and only read unless
    `schrijven`. Raises ValueError for a person who is not active.
    """
    if not persoon.is_active:
        raise ValueError("Wie niet actief is krijgt geen sleutel.")
    _, geheim = get_token_model().objects.create(user=persoon, schrijven=schrijven)
    return str(geheim)
