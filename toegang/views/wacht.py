"""The guard between signing in and every page: who has something to do first gets to that page and no other."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone

from toegang.binnenkomst import Eerst, eerst_te_doen

# Reachable whatever is still to be done: going out, and what everybody may read.
ALTIJD = frozenset(
    {"account_logout", "toegankelijkheid", "privacy", "security_txt", "health_live", "health_ready", "account_inactive"}
)
BEREIKBAAR: dict[Eerst, tuple[str, frozenset[str]]] = {
    Eerst.WACHTWOORD: ("wachtwoord_wijzigen", frozenset({"wachtwoord_wijzigen"})),
    Eerst.TWEEDE_STAP: (
        "mfa_index",
        frozenset(
            {
                "mfa_index", "mfa_activate_totp", "mfa_totp_qr", "mfa_add_webauthn", "mfa_view_recovery_codes",
                "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "wachtwoord_wijzigen",
            }
        ),
    ),
}  # fmt: skip


class Toegangswacht:
    """Stands before every page and every answer of the API that goes by a session; keys of scripts pass it by."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """A session of somebody who may no longer come in is gone at once, also for when they come back."""
        if (
            settings.SESSION_COOKIE_NAME in request.COOKIES
            and not request.user.is_authenticated
            and SESSION_KEY in request.session
        ):
            request.session.flush()
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Nothing, or the way to what has to be done first."""
        if not request.user.is_authenticated:
            return None
        eerst = eerst_te_doen(request, timezone.localdate())
        if eerst is None:
            return None
        blad, bereikbaar = BEREIKBAAR[eerst]
        naam = request.resolver_match.url_name if request.resolver_match else None
        if naam in ALTIJD or naam in bereikbaar:
            return None
        if request.path.startswith("/api/"):
            inhoud = {
                "type": "about:blank", "title": "Geen toegang", "status": 403, "instance": request.path,
                "detail": str(eerst.label),
            }  # fmt: skip
            return JsonResponse(inhoud, status=403, content_type="application/problem+json")
        return HttpResponseRedirect(reverse(blad))
