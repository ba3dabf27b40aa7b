"""Who looks: a page that only shows is made within what its reader may see; what is for everybody opens to everybody.

A view says with `@openbaar` that it shows what is for everybody to who is not signed in.
"""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, TypeVar

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from rest_framework.views import APIView

from maatregelen.blikveld import NIETS, kijkend
from maatregelen.views import wie_kijkt

Pagina = TypeVar("Pagina", bound=Callable[..., HttpResponseBase])
LEZEND = ("GET", "HEAD")


def openbaar(pagina: Pagina) -> Pagina:
    """This page is there for who is not signed in, with what is for everybody."""
    pagina.openbaar = True  # type: ignore[attr-defined]
    return pagina


class OpenOfIngelogd(LoginRequiredMiddleware):
    """Signing in comes first, but for pages that are there for everybody, as long as there is such a part."""

    def process_view(
        self, request: HttpRequest, pagina: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """The way to the page where one signs in, or None where that is not needed."""
        mag_open = hasattr(pagina, "openbaar") and request.method in LEZEND and not request.user.is_authenticated
        if mag_open and wie_kijkt(request).blik.niveau < NIETS:
            return None
        antwoord: HttpResponseBase | None = super().process_view(request, pagina, args, kwargs)
        return antwoord


class Blikveld:
    """Middleware: a page that only shows is made within what its reader may see (see blikveld)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The page; who looks is forgotten when it is made."""
        with ExitStack() as stapel:
            request.blikveld = stapel  # type: ignore[attr-defined]
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, pagina: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> None:
        """Look as the reader, where the page shows something and is not the API, which looks by itself."""
        if request.method not in LEZEND or is_api(pagina):
            return
        if hasattr(pagina, "openbaar") or getattr(pagina, "login_required", True):
            request.blikveld.enter_context(kijkend(wie_kijkt(request).blik))  # type: ignore[attr-defined]


def is_api(pagina: Callable[..., Any]) -> bool:
    """Whether this answers a script: who asks is known only after this, so the API looks by itself."""
    soort = getattr(pagina, "cls", None)
    return isinstance(soort, type) and issubclass(soort, APIView)
