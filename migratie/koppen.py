"""Headers on every answer, whoever gives it: a page, the API, a file of the style, a refusal or a redirect.

The first of the middlewares, so that what the others answer by themselves passes here too. The rest of the headers
comes from Django (HSTS, Referrer-Policy, Cross-Origin-Opener-Policy, nosniff) and django-csp, as the settings say.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

# What a browser can do for a page, by the names that browsers know. This product asks for a passkey and puts a key or
# an address on the clipboard; everything else is off, also for what a page would frame.
_EIGEN = ("publickey-credentials-get", "publickey-credentials-create", "clipboard-write")
_UIT = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read",
    "compute-pressure", "display-capture", "encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope",
    "hid", "identity-credentials-get", "idle-detection", "keyboard-map", "local-fonts", "magnetometer", "microphone",
    "midi", "otp-credentials", "payment", "picture-in-picture", "screen-wake-lock", "serial", "storage-access",
    "sync-xhr", "usb", "window-management", "xr-spatial-tracking",
)  # fmt: skip
RECHTEN = ", ".join([*(f"{naam}=(self)" for naam in _EIGEN), *(f"{naam}=()" for naam in _UIT)])

INGELOGD = "no-store, private"
NIET_INGELOGD = "no-cache, private"
# What is handed over as a file is never a page of ours, whatever stands in it and whatever the browser makes of it.
BESTAND = "default-src 'none'; sandbox"


class Koppen:
    """What every answer carries, and how long it may be kept: what somebody saw who was signed in, nowhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer with its headers; a header that a view set itself stays."""
        antwoord = self.get_response(request)
        antwoord.headers.setdefault("Permissions-Policy", RECHTEN)
        antwoord.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        antwoord.headers.setdefault("Cache-Control", INGELOGD if _van_iemand(request, antwoord) else NIET_INGELOGD)
        if antwoord.headers.get("Content-Disposition", "").startswith("attachment"):
            antwoord.headers["Content-Security-Policy"] = BESTAND
        gevonden = request.resolver_match
        if gevonden is not None and gevonden.url_name == "account_logout" and request.COOKIES and _leidt_weg(antwoord):
            # Pages that the browser still holds for its Back button. Not "storage": notes of a meeting that were not
            # sent yet stand there; not "cookies": those may be of other sites of the same ministry.
            antwoord.headers["Clear-Site-Data"] = '"cache"'
        return antwoord


def _van_iemand(request: HttpRequest, antwoord: HttpResponseBase) -> bool:
    """Whether this answer may hold what only one person sees: there is a session or a key, or there will be."""
    sessie = settings.SESSION_COOKIE_NAME
    return sessie in request.COOKIES or sessie in antwoord.cookies or "Authorization" in request.headers


def _leidt_weg(antwoord: HttpResponseBase) -> bool:
    return 300 <= antwoord.status_code < 400
