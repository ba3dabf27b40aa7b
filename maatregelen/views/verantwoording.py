"""What everybody may read about how this is run: for whom it works, what is kept of people and how long, and where to
report a weakness.
"""

import datetime
from email.utils import parseaddr

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from maatregelen.huisadres import volledig

GELDIG_DAGEN = 180
JAAR = 365


def contactadres() -> str:
    """The address where people report things: that of the sender of our mail."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def volledig_adres(naam: str) -> str:
    """A page of ours with the address of this installation before it."""
    return volledig(reverse(naam))


def duur(tijd: datetime.timedelta) -> str:
    """How long in words, in the largest unit that fits without a rest: 5 jaar, 7 dagen, 90 minuten."""
    minuten = int(tijd.total_seconds()) // 60
    if minuten and minuten % (60 * 24 * JAAR) == 0:
        return f"{minuten // (60 * 24 * JAAR)} jaar"
    if minuten and minuten % (60 * 24) == 0:
        dagen = minuten // (60 * 24)
        return "1 dag" if dagen == 1 else f"{dagen} dagen"
    if minuten and minuten % 60 == 0:
        return f"{minuten // 60} uur"
    return "1 minuut" if minuten == 1 else f"{minuten} minuten"


def _dagen(aantal: int) -> str:
    """So many days in words; 0 stands for always."""
    return duur(datetime.timedelta(days=aantal)) if aantal else "onbeperkt"


def bewaartermijnen() -> list[tuple[str, str]]:
    """What is kept and how long, by the settings of this installation."""
    personen = settings.LOGBOEK_BEWAARDAGEN_PERSONEN
    return [
        (
            "Uw functie, e-mailadres en rollen",
            "Zolang u een account hebt. Een beheerder maakt het inactief als u weggaat; uw functie blijft staan bij "
            "wat u hebt vastgelegd.",
        ),
        ("Uw wachtwoord, tweede stap en herstelcodes", "Zolang u een account hebt. Niemand kan uw wachtwoord lezen."),
        (
            "Dat u bent ingelogd",
            f"Hoogstens {duur(settings.SESSIE_HOOGSTENS)}, en {duur(settings.SESSIE_STIL)} als u niets doet.",
        ),
        ("Een link om een wachtwoord te kiezen", f"Werkt {duur(settings.HERSTEL_GELDIG)}, en één keer."),
        ("Een uitnodiging", f"Werkt {duur(settings.UITNODIGING_GELDIG)}, en één keer."),
        (
            "Een sleutel van een programma",
            "Tot de dag die u zelf kiest, hoogstens 1 jaar. Wij bewaren alleen een controlegetal van de sleutel.",
        ),
        (
            "Wie wat deed, wanneer, en vanaf welk netwerkadres (het logboek)",
            f"Na {_dagen(personen)} halen wij weg wie het was en vanaf welk adres. Wat er gebeurde blijft staan."
            if personen
            else "Onbeperkt, met wie het was.",
        ),
        (
            "Wat u vastlegt over maatregelen en vergaderingen",
            "Onbeperkt: de geschiedenis van het beleid moet te volgen blijven.",
        ),
        ("Berichten over uw account, zoals dat uw wachtwoord is gewijzigd", "90 dagen."),
        ("Berichten die u van ons kreeg", "Zolang de maatregel of vergadering bestaat waar zij over gaan."),
        (
            "Stukken die u liet maken",
            f"Het bestand: {_dagen(settings.STUKKEN_BEWAARDAGEN)}. Het controlegetal ervan: onbeperkt.",
        ),
        ("Bijlagen die u toevoegde", "Tot iemand ze verwijdert."),
    ]


@login_not_required
@require_safe
def toegankelijkheid(request: HttpRequest) -> HttpResponse:
    """What was tested, what was not, and how to report that something does not work."""
    return render(request, "maatregelen/toegankelijkheid.html", {"contactadres": contactadres()})


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (RFC 9116); it never expires while the product runs."""
    verloopt = (timezone.now() + datetime.timedelta(days=GELDIG_DAGEN)).astimezone(datetime.UTC)
    regels = [
        f"Contact: mailto:{contactadres()}",
        f"Expires: {verloopt.replace(hour=0, minute=0, second=0, microsecond=0):%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
        f"Canonical: {volledig_adres('security_txt')}",
        f"Policy: {volledig_adres('kwetsbaarheden')}",
    ]
    return HttpResponse("\n".join(regels) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of people, why, for how long, and whom to ask."""
    return render(request, "maatregelen/privacy.html", {"contactadres": contactadres(), "termijnen": bewaartermijnen()})


@login_not_required
@require_safe
def kwetsbaarheden(request: HttpRequest) -> HttpResponse:
    """How to report a weakness, and what whoever does so may count on."""
    return render(request, "maatregelen/kwetsbaarheden.html", {"contactadres": contactadres()})
