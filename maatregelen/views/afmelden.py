"""The page behind the address in a mail at which one leaves what one follows. No sign-in: the mail is the key."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from maatregelen.afmelding import (
    Afmelding,
    Afmeldsoort,
    Onderwerp,
    OngeldigAdres,
    krijgt_bericht,
    lees,
    meld_af,
    onderwerp,
)


# No token of ours in the form: the button in a mail program posts without having seen a page (RFC 8058), and all that
# anybody can do here is stop mail that the person of the address chose to get.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def afmelden(request: HttpRequest, token: str) -> HttpResponse:
    """Asks on GET, because what scans mail follows links; stops on POST, and answers 200 without sending on."""
    try:
        afmelding = lees(token)
        zojuist = meld_af(token) if request.method == "POST" else False
        over = onderwerp(afmelding, vandaag=timezone.localdate())
    except OngeldigAdres:
        return render(request, "maatregelen/afmelden_ongeldig.html", status=404)
    inhoud = {
        "soort": afmelding.soort.value,
        "over": over,
        "zojuist": zojuist,
        "vraag": not zojuist and krijgt_bericht(afmelding),
        "terug": _weer_aan(afmelding, over) if request.user == over.persoon else "",
    }
    return render(request, "maatregelen/afmelden.html", inhoud)


def _weer_aan(afmelding: Afmelding, over: Onderwerp) -> str:
    """Where its person turns it on again: always a page of this product."""
    if over.maatregel is not None:
        return over.maatregel.get_absolute_url()
    if afmelding.soort == Afmeldsoort.GEVOLGD:
        return reverse("mijn_berichten")
    return reverse("volgen")
