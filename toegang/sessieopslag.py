"""Where sessions are kept: in the database, with an end after silence and an end whatever happens.

Named in the settings. Silence is told from the row itself, so that asking who it is takes the one query it always took;
a session in use is written at most once a minute.
"""

import datetime
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as Databaseopslag
from django.utils import timezone

# In the session itself, as seconds: when it began, and when it was last written.
BEGONNEN = "toegang_begonnen"
GEZIEN = "toegang_gezien"
BIJHOUDEN_NA = datetime.timedelta(minutes=1)


def einde(begonnen: datetime.datetime, gezien: datetime.datetime) -> datetime.datetime:
    """When a session ends that began and was last seen at these moments, if nothing more happens."""
    return min(begonnen + settings.SESSIE_HOOGSTENS, gezien + settings.SESSIE_STIL)


def moment_van(seconden: Any) -> datetime.datetime:
    """A moment as a session keeps it."""
    return datetime.datetime.fromtimestamp(float(seconden), datetime.UTC)


class SessionStore(Databaseopslag):
    """Sessions in the database."""

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row, with its end worked out from its beginning and from now."""
        nu = timezone.now()
        data.setdefault(BEGONNEN, nu.timestamp())
        data[GEZIEN] = nu.timestamp()
        rij = super().create_model_instance(data)
        rij.expire_date = einde(moment_van(data[BEGONNEN]), nu)
        return rij

    def load(self) -> dict[str, Any]:
        """What is kept; nothing for a session that has ended. One that is in use is written again after a while."""
        inhoud = super().load()
        if GEZIEN in inhoud and moment_van(inhoud[GEZIEN]) + BIJHOUDEN_NA <= timezone.now():
            self.modified = True
        return inhoud
