"""One's own sessions: where one is signed in, and signing out there."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from maatregelen.views.bijhouden import wie_is
from toegang.sessies import beeindig, beeindig_alles_van, sessies_van
from toegang.tasks import verstuur_zo_mogelijk_nu
from toegang.views import kader

MEESTE_CIJFERS = 19  # of a number that fits in the database


@method_decorator(never_cache, name="dispatch")
class Sessies(View):
    """A list, with a button per session and one for all."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Where one is signed in."""
        lijst = sessies_van(wie_is(request), request.session.session_key)
        return render(request, "toegang/sessies.html", {**kader(request), "sessies": lijst})

    def post(self, request: HttpRequest, **rest: Any) -> HttpResponse:
        """End one, or all: this one too."""
        persoon = wie_is(request)
        if "overal" in request.POST:
            beeindig_alles_van(persoon, door=persoon, moment=timezone.now())
            verstuur_zo_mogelijk_nu()
            logout(request)
            messages.success(request, "U bent overal uitgelogd.")
            return HttpResponseRedirect(reverse("account_login"))
        ruw = request.POST.get("sessie", "")
        if ruw.isdecimal() and len(ruw) < MEESTE_CIJFERS and beeindig(persoon, int(ruw), moment=timezone.now()):
            messages.success(request, "Op dat apparaat bent u uitgelogd.")
        else:
            messages.info(request, "Die sessie was al beëindigd.")
        return HttpResponseRedirect(request.path)
