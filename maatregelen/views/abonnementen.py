"""Calendar and feed: what a reader fetches at a secret address, and the page where people make and revoke those."""

import hashlib
from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotFound, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.dateformat import format as date_format
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from logboek.models import Actie, Resultaat
from logboek.schrijven import Onderwerp, schrijf
from maatregelen import kalender as kalenderblad
from maatregelen import wijzigingsfeed as feedblad
from maatregelen.abonnementen import (
    HOOGSTENS,
    gebruikt,
    maak_abonnement,
    naam_van,
    pad_van,
    trek_in,
    vernieuw,
    zoek,
)
from maatregelen.blikveld import kijkend
from maatregelen.forms.abonnementen import Abonnementformulier
from maatregelen.forms.grondslag import Invoer
from maatregelen.huisadres import volledig
from maatregelen.models import Abonnement, Persoon
from maatregelen.versiebewaking import Tussenstand
from maatregelen.views import lees_adres, toon
from maatregelen.views.bijhouden import GELUKT, ONJUIST, Formulierblad, probeer
from maatregelen.zichtbaarheid import Bevoegdheid, mag_volgen

WEG = "Dit adres is er niet, of het werkt niet meer. Een nieuw adres maakt u in Regiemonitor bij Mijn account.\n"


def _antwoord(
    request: HttpRequest, geheim: str, maak: Callable[[Abonnement, Bevoegdheid], bytes], soort: str, bestand: str
) -> HttpResponse:
    """The content of an address with today's rights of its person; the same refusal for whatever is not open."""
    vandaag = timezone.localdate()
    abonnement = zoek(geheim, vandaag=vandaag)
    antwoord: HttpResponse
    if abonnement is None:
        antwoord = HttpResponseNotFound(WEG, content_type="text/plain; charset=utf-8")
        antwoord["Cache-Control"] = "no-store"
    else:
        wie = Bevoegdheid(abonnement.persoon, vandaag)
        with kijkend(wie.blik):
            inhoud = maak(abonnement, wie)
        if abonnement.laatst_gebruikt_op is None or timezone.localdate(abonnement.laatst_gebruikt_op) < vandaag:
            # A calendar asks every hour: once a day says enough.
            schrijf(
                actie=Actie.FEED_LEZEN,
                resultaat=Resultaat.GELUKT,
                moment=timezone.now(),
                actor=abonnement.persoon,
                over=Onderwerp("abonnement", str(abonnement.pk), bestand),
            )
        gebruikt(abonnement)
        antwoord = HttpResponse(inhoud, content_type=soort)
        # Without a name a browser would call the file by the secret.
        antwoord["Content-Disposition"] = f'inline; filename="{bestand}"'
        antwoord["Cache-Control"] = "private, max-age=300"
        # No Last-Modified: what vanishes (a right, a follower, a measure that went elsewhere) leaves no later moment.
        antwoord["ETag"] = f'"{hashlib.sha256(inhoud).hexdigest()[:32]}"'
    antwoord["X-Robots-Tag"] = "noindex, nofollow"
    antwoord["Referrer-Policy"] = "no-referrer"
    if antwoord.has_header("ETag"):
        return cast(HttpResponse, get_conditional_response(request, etag=antwoord["ETag"], response=antwoord))
    return antwoord


@login_not_required
@require_safe
def kalender(request: HttpRequest, geheim: str) -> HttpResponse:
    """The milestones of an address, as iCalendar."""
    return _antwoord(request, geheim, kalenderblad.kalender_van, kalenderblad.SOORT, "regiemonitor.ics")


@login_not_required
@require_safe
def wijzigingenfeed(request: HttpRequest, geheim: str) -> HttpResponse:
    """What changed lately of an address, as Atom."""
    return _antwoord(request, geheim, feedblad.feed_van, feedblad.SOORT, "regiemonitor.atom")


def _adressen(geheim: str) -> dict[str, str]:
    """The addresses that one secret opens: to copy, and to open in a calendar program at once."""
    kalenderadres = volledig(reverse("kalender", args=[geheim]))
    return {
        "kalender": kalenderadres,
        "webcal": f"webcal://{kalenderadres.partition('://')[2]}",
        "feed": volledig(reverse("wijzigingenfeed", args=[geheim])),
    }


def _adressenpagina(
    request: HttpRequest,
    wie: Bevoegdheid,
    persoon: Persoon,
    form: forms.BaseForm,
    *,
    nieuw: tuple[Abonnement, str] | None = None,
    status: int = GELUKT,
) -> HttpResponse:
    """The page with my open addresses; with `nieuw`, the one that was just made stands above them, this once."""
    eigen = Abonnement.objects.geldig().filter(persoon=persoon).select_related("organisatie", "agenda")
    inhoud = {
        "form": form,
        "nieuw": {"naam": naam_van(nieuw[0], wie), **_adressen(nieuw[1])} if nieuw else None,
        "abonnementen": [(rij, naam_van(rij, wie), pad_van(rij, wie)) for rij in eigen],
        "hoogstens": HOOGSTENS,
    }
    return toon(request, "maatregelen/bijhouden/abonnementen.html", wie, inhoud, status=status)


class Adresblad(Formulierblad):
    """A page that makes an address. What it shows then is never kept in a message or a session: it is shown once."""

    def mag(self) -> bool:
        """Who may follow may also be told in the own calendar."""
        return mag_volgen(self.wie)

    def bewaar(self, form: Any) -> tuple[Abonnement, str]:
        """Make it."""
        raise NotImplementedError

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """No copy of this page stays behind."""
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Make it and show it."""
        form = self.formulier(request.POST)
        if not form.is_valid():
            return self.toon(form, status=ONJUIST)
        nieuw, status = probeer(form, lambda: self.bewaar(form))
        if nieuw is None:
            return self.toon(form, status=status)
        return _adressenpagina(request, self.wie, self.persoon, Abonnementformulier(self.wie), nieuw=nieuw)


class Abonnementen(Adresblad):
    """My addresses, and a new one."""

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """What the address is about; a page that leads here may have chosen already."""
        gekozen = lees_adres(self.request, {"organisatie": None, "agenda": None})
        waarvan = next((f"{soort}:{slug}" for soort, slug in gekozen.items()), "")
        form = Abonnementformulier(self.wie, data, waarvan=waarvan)
        if waarvan and waarvan not in form.keuzes:
            raise BadRequest(f"Van '{waarvan.partition(':')[2]}' is geen kalender te maken.")
        return form

    def bewaar(self, form: Any) -> tuple[Abonnement, str]:
        """Make it."""
        inhoud, organisatie, agenda = form.keuze()
        return maak_abonnement(self.persoon, inhoud, organisatie=organisatie, agenda=agenda)

    def toon(self, form: forms.BaseForm, *, status: int = GELUKT, stand: Tussenstand | None = None) -> HttpResponse:
        """The list, with this form."""
        return _adressenpagina(self.request, self.wie, self.persoon, form, status=status)


class AbonnementVernieuwen(Adresblad):
    """Another address for the same, and the end of this one."""

    titel = "Nieuw adres maken"
    knop = "Maak nieuw adres"
    inleiding = (
        "Het oude adres werkt dan meteen niet meer. Zet daarna het nieuwe in uw kalender of feedlezer. Doe dit als "
        "u het oude kwijt bent, of als iemand het kent die het niet moet kennen."
    )
    abonnement: Abonnement

    def zoek(self, **sleutels: Any) -> None:
        """The open address with this number, of this person and nobody else."""
        eigen = Abonnement.objects.geldig().filter(persoon=self.persoon).select_related("organisatie", "agenda")
        self.abonnement = get_object_or_404(eigen, pk=sleutels["pk"])

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """Nothing to fill in: it is a question."""
        return Invoer(data)

    def bewaar(self, form: Any) -> tuple[Abonnement, str]:
        """Revoke and make."""
        return vernieuw(self.abonnement)

    def terug(self, uitkomst: Any = None) -> str:
        """The list."""
        return reverse("abonnementen")

    def paden(self) -> list[tuple[str, str]]:
        """My account, the list."""
        return [(reverse("mijn"), "Mijn account"), (self.terug(), "Kalender en feed")]

    def inhoud(self) -> dict[str, Any]:
        """Which address this is about."""
        gemaakt = timezone.localdate(self.abonnement.gemaakt_op)
        return {"over": f"{naam_van(self.abonnement, self.wie)}, gemaakt op {date_format(gemaakt, 'j F Y')}"}


class AbonnementIntrekken(AbonnementVernieuwen):
    """The end of an address."""

    titel = "Adres intrekken"
    knop = "Trek in"
    inleiding = (
        "Het adres werkt dan meteen niet meer en komt niet terug. Wat uw kalender al ophaalde kan daar blijven "
        "staan tot u het abonnement daar zelf verwijdert."
    )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Revoke it; twice is once."""
        trek_in(self.abonnement)
        messages.success(request, f"Het adres is ingetrokken: {naam_van(self.abonnement, self.wie)}.")
        return HttpResponseRedirect(self.terug())
