"""The lock on the door: after five wrong tries a person is locked out from one source for a while.

The count is that of django-axes, in the database. It is kept per name as typed and per source, whether that name exists
or not, so that being locked tells nothing; and who guesses elsewhere locks nobody out here.
"""

import datetime
import ipaddress
from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import get_adapter
from axes.backends import AxesStandaloneBackend
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Max, QuerySet, Sum
from django.http import HttpRequest, HttpResponseBase

from logboek.models import Actie, Resultaat
from logboek.schrijven import NIETS, onderwerp, schrijf
from maatregelen.models import Persoon

LANGSTE_NAAM = 255
EIGEN_NETWERK_V6 = 64  # bits: what one subscriber has, who can pick any address in it


def naam_van(request: HttpRequest | None, inlog: Mapping[str, Any] | None = None) -> str:
    """The name by which tries are counted: as typed, in small letters; nobody needs to have it."""
    return str((inlog or {}).get("email") or "").strip().lower()[:LANGSTE_NAAM]


def bron_van(request: HttpRequest) -> str | None:
    """Where a request comes from: an address, of IPv6 the network of one subscriber; behind a proxy the visitor's.

    None when there is no telling: whoever comes that way is counted together.
    """
    try:
        adres = ipaddress.ip_address(get_adapter().get_client_ip(request))
    except (PermissionDenied, ValueError):
        return None
    if isinstance(adres, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((adres, EIGEN_NETWERK_V6), strict=False).network_address)
    return str(adres)


def vrij_op(naam: str, bron: str | None, moment: datetime.datetime) -> datetime.datetime | None:
    """The moment at which this name may be tried again from this source; None when it may be tried now."""
    pogingen = AccessAttempt.objects.filter(
        username=naam, ip_address=bron, attempt_time__gt=moment - settings.AXES_COOLOFF_TIME
    ).aggregate(aantal=Sum("failures_since_start"), laatste=Max("attempt_time"))
    if (pogingen["aantal"] or 0) < settings.AXES_FAILURE_LIMIT:
        return None
    vrij: datetime.datetime = pogingen["laatste"] + settings.AXES_COOLOFF_TIME
    return vrij


def antwoord_bij_slot(request: HttpRequest, antwoord: HttpResponseBase, inlog: Any = None) -> HttpResponseBase:
    """What who is locked out gets: the same page as for any wrong try, which says when the lock opens."""
    return antwoord


class Slotwacht(AxesStandaloneBackend):  # type: ignore[misc]
    """Refuses who is locked out, before any password is looked at."""

    def authenticate(self, request: HttpRequest | None, **inlog: Any) -> None:
        """Nobody, ever: it only refuses. A question without a request comes from no visitor, and is not counted."""
        if request is not None:
            super().authenticate(request, **inlog)


class Slot(AxesDatabaseHandler):  # type: ignore[misc]
    """Counts in the database. A lock opens at its moment, not just after it."""

    def get_user_attempts(self, request: HttpRequest, credentials: Any = None) -> list[QuerySet[AccessAttempt]]:
        """The tries that still count."""
        vanaf = request.axes_attempt_time - settings.AXES_COOLOFF_TIME  # type: ignore[attr-defined]
        return [pogingen.filter(attempt_time__gt=vanaf) for pogingen in self.filter_user_attempts(request, credentials)]

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **rest: Any
    ) -> None:
        """Count a wrong try and write it down; the one that locks is a line of its own. What was typed is nowhere."""
        super().user_login_failed(sender, credentials, request, **rest)
        if request is None:
            return
        wie = Persoon.objects.filter(email=naam_van(request, credentials)).first()
        op_slot = getattr(request, "axes_locked_out", False)
        schrijf(
            actie=Actie.BLOKKEREN if op_slot else Actie.INLOGGEN,
            resultaat=Resultaat.GELUKT if op_slot else Resultaat.GEWEIGERD,
            moment=request.axes_attempt_time,  # type: ignore[attr-defined]
            over=onderwerp(wie) if wie is not None else NIETS,
        )
