"""What the mails about getting in have in common: one row is one mail, handed over one after the other."""

from collections.abc import Callable, Iterable
from typing import Any

from django.template.loader import render_to_string

from maatregelen import briefpapier
from maatregelen.mailvorm import Brief
from maatregelen.verzending import Postbode


def breng_rond(sleutels: Iterable[int], verstuur_een: Callable[[int, Postbode], bool]) -> int:
    """Hand over what these rows ask for, and answer how many went out; stops where the mail server is gone.

    `verstuur_een` says whether the row with that key was handed over.
    """
    aantal = 0
    with Postbode() as postbode:
        for sleutel in sleutels:
            if postbode.is_weg:
                break
            aantal += verstuur_een(sleutel, postbode)
    return aantal


def brief(aan: str, onderwerp: str, naam: str, inhoud: dict[str, Any], *, message_id: str) -> Brief:
    """The mail of the templates `mail/<naam>`. Its heading is the subject, or `onderwerp` in `inhoud`."""
    inhoud = {"onderwerp": onderwerp, **inhoud}
    tekst, html = (render_to_string(f"mail/{naam}.{vorm}", inhoud) for vorm in ("txt", "html"))
    return briefpapier.brief(aan, onderwerp, tekst, html, message_id=message_id)
