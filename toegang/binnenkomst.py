"""What somebody who has signed in must do first, before anything else is shown."""

import datetime
from typing import Any

from django.conf import settings
from django.db.models import TextChoices

from maatregelen.models import Persoon
from toegang.tweedestap import heeft_tweede_stap, kwam_met_tweede_stap, moet_tweede_stap


class Eerst(TextChoices):
    WACHTWOORD = "wachtwoord", "Kies eerst een eigen wachtwoord."
    TWEEDE_STAP = "tweede_stap", "Stel eerst een tweede stap in om in te loggen."


def eerst_te_doen(request: Any, vandaag: datetime.date) -> Eerst | None:
    """What the person behind this session has to do first; None for nothing, and for who is not signed in.

    Asks nothing of the database for who came in by a second step, or where none is asked for.
    """
    persoon = request.user
    if not isinstance(persoon, Persoon):
        return None
    if persoon.moet_wachtwoord_wijzigen:
        return Eerst.WACHTWOORD
    if not settings.TWEEDE_STAP_AFDWINGEN or kwam_met_tweede_stap(request):
        return None
    if moet_tweede_stap(persoon, vandaag) and not heeft_tweede_stap(persoon):
        return Eerst.TWEEDE_STAP
    return None
