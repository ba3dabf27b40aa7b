"""One measure: its story, its facts, and the small forms that keep its state up to date."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views import View
from django.views.decorators.http import require_POST, require_safe

from maatregelen.betrokkenheid import wijs_toe
from maatregelen.blikveld import kijkend
from maatregelen.dossierinzage import ONDERDEEL, OPVOLGER, VOORLOPER, Inzage, lees
from maatregelen.dossiervoering import meld_voortgang, ontvolg, volg
from maatregelen.forms.betrokken import Trekkerformulier
from maatregelen.forms.stand import Statusformulier, Voortgangformulier
from maatregelen.models import AFGEROND, Agendastaat, BetrokkenheidRol, Maatregel, Reactie, Status
from maatregelen.publicatierechten import mag_afschermen, mag_reactie_wijzigen, mag_reageren
from maatregelen.reacties import is_te_wijzigen
from maatregelen.statuswissel import wijzig_status
from maatregelen.versiebewaking import Tussenstand, Verouderd, wijzigingen_sinds
from maatregelen.verwijzingen import dossier_url, verwijzing_url
from maatregelen.views import bevoegdheid, toon
from maatregelen.views.bijhouden import (
    BOTST,
    GELUKT,
    ONJUIST,
    WIE_MAATREGEL,
    WIE_TREKKER,
    probeer,
    wie_is,
    zin_bij_verouderd,
)
from maatregelen.views.blikveld import openbaar
from maatregelen.views.terugblik import in_de_tijd, merk_later
from maatregelen.zichtbaarheid import (
    Bevoegdheid,
    mag_betrokkenheid_bijhouden,
    mag_maatregel_bijhouden,
    mag_status_wijzigen,
    mag_trekker_toewijzen,
    mag_uitstellen,
    mag_volgen,
    zichtbare_maatregelen,
)


@dataclass
class Mislukt:
    """A small form of this page that was not kept: which one, as it was filled in, and what somebody else changed."""

    soort: str
    form: forms.BaseForm
    status: int
    stand: Tussenstand | None = None


def _inzage(request: HttpRequest, wie: Bevoegdheid, code: str) -> Inzage:
    try:
        # Also where a form was sent: the page comes back with no more than its reader may see.
        with kijkend(wie.blik):
            return lees(zichtbare_maatregelen(wie), code, lezer=wie.mens)
    except Maatregel.DoesNotExist:
        raise Http404(code) from None


@openbaar
@in_de_tijd
@require_safe
def maatregel(request: HttpRequest, code: str) -> HttpResponse:
    """The page of one measure."""
    wie = bevoegdheid(request)
    return _toon_maatregel(request, wie, _inzage(request, wie, code))


def _toon_maatregel(
    request: HttpRequest, wie: Bevoegdheid, inzage: Inzage, mislukt: Mislukt | None = None
) -> HttpResponse:
    """The page, with one of its forms as it was sent when that was not kept."""
    stuk = inzage.maatregel
    formulieren: dict[str, forms.BaseForm] = {}
    mag_bijhouden = mag_maatregel_bijhouden(wie, stuk)
    mag_toewijzen = mag_trekker_toewijzen(wie)
    if mag_status_wijzigen(wie, stuk):
        formulieren["status"] = Statusformulier(stuk, wie.vandaag)
    if mag_bijhouden:
        formulieren["voortgang"] = Voortgangformulier(stuk)
    # The list of organisations is only fetched where choosing one is the next thing to do.
    if mag_toewijzen and not _trekkers(inzage):
        formulieren["trekker"] = Trekkerformulier(stuk, wie.vandaag)
    if mislukt is not None:
        formulieren[mislukt.soort] = mislukt.form
    agenda = stuk.pijler.agenda
    brontekst = getattr(agenda, "brontekst", None)
    traject = getattr(stuk, "wetstraject", None)
    return toon(
        request,
        "maatregelen/maatregel.html",
        wie,
        {
            "maatregel": stuk,
            "later": merk_later([stuk]),
            "inzage": inzage,
            "agenda": agenda,
            "is_concept": agenda.staat in (Agendastaat.CONCEPT, Agendastaat.INGETROKKEN),
            "signalen": inzage.signalen(wie.vandaag),
            "rollen": [
                (label, inzage.betrokken_als(rol))
                for rol, label in (
                    (BetrokkenheidRol.VERANTWOORDELIJK, "Verantwoordelijk"),
                    (BetrokkenheidRol.UITVOERDER, "Uitvoerder"),
                    (BetrokkenheidRol.BETROKKEN, "Betrokken"),
                )
            ],
            "onderdelen": inzage.verbonden(ONDERDEEL),
            "opvolgers": inzage.verbonden(OPVOLGER),
            "voorlopers": inzage.verbonden(VOORLOPER),
            "verwijzingen": [(tekst, verwijzing_url(tekst)) for tekst in stuk.verwijzingen],
            "dossier_url": dossier_url(traject.dossier) if traject else "",
            "passage": brontekst.passage(stuk.regel_van, stuk.regel_tot) if brontekst and stuk.regel_van else [],
            "formulieren": formulieren,
            "form": mislukt.form if mislukt else None,
            "mislukt": mislukt,
            "mag_bijhouden": mag_bijhouden,
            "mag_afschermen": mag_afschermen(wie, stuk),
            "mag_intern": wie.blik.ziet_intern(stuk),
            "reacties": _reacties(wie, inzage),
            "mag_reageren": mag_reageren(wie, stuk),
            "mag_betrokken": mag_betrokkenheid_bijhouden(wie, stuk),
            "mag_toewijzen": mag_toewijzen,
            "mag_volgen": mag_volgen(wie),
            "mag_uitstellen": mag_uitstellen(wie, stuk, volgt=inzage.volgt),
            "afgerond": stuk.status in AFGEROND,
        },
        status=mislukt.status if mislukt else GELUKT,
    )


def _reacties(wie: Bevoegdheid, inzage: Inzage) -> list[Reactie]:
    """What organisations say of it, each with what this person may do with it."""
    for reactie in inzage.reacties:
        mag = mag_reactie_wijzigen(wie, reactie) and reactie.ingetrokken_op is None
        reactie.mag_intrekken = mag  # type: ignore[attr-defined]
        reactie.mag_wijzigen = mag and is_te_wijzigen(reactie, wie.moment)  # type: ignore[attr-defined]
    return inzage.reacties


def _trekkers(inzage: Inzage) -> list[Any]:
    """The organisations with people that must do it."""
    return [rij for rij in inzage.betrokken_als(BetrokkenheidRol.VERANTWOORDELIJK) if not rij.organisatie.is_aanduiding]


class Kleinformulier(View):
    """A small form on the page of a measure: rights first, then the matter, and the page again when that fails."""

    http_method_names = ["get", "head", "post"]
    soort = ""
    wie_mag = ""

    def mag(self, stuk: Maatregel) -> bool:
        """Whether this person may do this."""
        raise NotImplementedError

    def formulier(self, stuk: Maatregel, data: Any) -> forms.BaseForm:
        """The form as it was sent."""
        raise NotImplementedError

    def doe(self, stuk: Maatregel, gegevens: dict[str, Any]) -> str:
        """Do it, and answer what is to be said."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Who may see and do this, before anything else."""
        self.wie = bevoegdheid(request)
        self.inzage = _inzage(request, self.wie, kwargs["code"])
        if not self.mag(self.inzage.maatregel):
            raise PermissionDenied(self.wie_mag)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """The form stands on the page of the measure."""
        return HttpResponseRedirect(f"{self.inzage.maatregel.get_absolute_url()}#{self.soort}")

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Keep it, or show the page again with what was typed."""
        stuk = self.inzage.maatregel
        form = self.formulier(stuk, request.POST)
        if not form.is_valid():
            return _toon_maatregel(request, self.wie, self.inzage, Mislukt(self.soort, form, ONJUIST))
        try:
            melding, uitkomst = probeer(form, lambda: self.doe(stuk, form.cleaned_data))
        except Verouderd as fout:
            return self._na_verouderd(request, form, fout)
        if melding is None:
            return _toon_maatregel(request, self.wie, self.inzage, Mislukt(self.soort, form, uitkomst))
        messages.success(request, melding)
        return HttpResponseRedirect(stuk.get_absolute_url())

    def _na_verouderd(self, request: HttpRequest, form: forms.BaseForm, fout: Verouderd) -> HttpResponse:
        """The page as it is now, with what was typed on top of the new version, and what somebody else changed."""
        inzage = _inzage(request, self.wie, self.inzage.maatregel.code)
        stuk = inzage.maatregel
        invoer = request.POST.copy()
        invoer["versie"] = str(stuk.versie)
        opnieuw = self.formulier(stuk, invoer)
        opnieuw.is_valid()
        with kijkend(self.wie.blik):
            stand = wijzigingen_sinds(stuk, form.cleaned_data["versie"])
        opnieuw.add_error(None, zin_bij_verouderd(fout, stand, wie_is(request)))
        self.vul_aan(opnieuw)
        return _toon_maatregel(request, self.wie, inzage, Mislukt(self.soort, opnieuw, BOTST, stand))

    def vul_aan(self, form: forms.BaseForm) -> None:
        """What more there is to say of what was typed, now that the measure has moved on."""


class Statuswissel(Kleinformulier):
    """Another status; the writer of status is the same as for the API."""

    soort = "status"
    wie_mag = WIE_MAATREGEL

    def mag(self, stuk: Maatregel) -> bool:
        """Who may move the status."""
        return mag_status_wijzigen(self.wie, stuk)

    def formulier(self, stuk: Maatregel, data: Any) -> forms.BaseForm:
        """Status, reason and day."""
        return Statusformulier(stuk, self.wie.vandaag, data)

    def doe(self, stuk: Maatregel, gegevens: dict[str, Any]) -> str:
        """Move the status."""
        wijziging = wijzig_status(
            stuk,
            gegevens["status"],
            door=wie_is(self.request),
            toelichting=gegevens["toelichting"],
            per=gegevens["per"],
            versie=gegevens["versie"],
        )
        return f"De status is nu '{wijziging.get_naar_display()}', per {wijziging.per:%d-%m-%Y}."

    def vul_aan(self, form: forms.BaseForm) -> None:
        """Where the chosen status is not offered any more, name it: the choice itself cannot be shown."""
        veld: Any = form.fields["status"]
        gekozen = form.cleaned_data.get("status", "")
        if gekozen in Status.values and gekozen not in dict(veld.widget.choices):
            zin = f"U koos '{Status(gekozen).label}'. Vanuit de nieuwe stand kan dat niet; kies opnieuw."
            form.add_error("status", zin)


class Voortgangsmelding(Kleinformulier):
    """How it goes, in the name of the owner."""

    soort = "voortgang"
    wie_mag = WIE_MAATREGEL

    def mag(self, stuk: Maatregel) -> bool:
        """Who keeps the measure up."""
        return mag_maatregel_bijhouden(self.wie, stuk)

    def formulier(self, stuk: Maatregel, data: Any) -> forms.BaseForm:
        """A word and a sentence."""
        return Voortgangformulier(stuk, data)

    def doe(self, stuk: Maatregel, gegevens: dict[str, Any]) -> str:
        """Note it."""
        meld_voortgang(
            stuk,
            gegevens["voortgang"],
            toelichting=gegevens["toelichting"],
            door=wie_is(self.request),
            versie=gegevens["versie"],
        )
        return "De voortgang is gemeld."


class Trekkertoewijzing(Kleinformulier):
    """Who becomes responsible."""

    soort = "trekker"
    wie_mag = WIE_TREKKER

    def mag(self, stuk: Maatregel) -> bool:
        """The secretariaat."""
        return mag_trekker_toewijzen(self.wie)

    def formulier(self, stuk: Maatregel, data: Any) -> forms.BaseForm:
        """An organisation and why."""
        return Trekkerformulier(stuk, self.wie.vandaag, data)

    def doe(self, stuk: Maatregel, gegevens: dict[str, Any]) -> str:
        """Assign it from today."""
        rij = wijs_toe(
            stuk,
            gegevens["organisatie"],
            BetrokkenheidRol.VERANTWOORDELIJK,
            door=wie_is(self.request),
            reden=gegevens["reden"],
            versie=gegevens["versie"],
        )
        return f"{rij.organisatie} is vanaf vandaag trekker."


@require_POST
def volgen(request: HttpRequest, code: str) -> HttpResponse:
    """Begin or stop following; `volg` says which, so that pressing twice changes nothing."""
    wie = bevoegdheid(request)
    stuk = zichtbare_maatregelen(wie).filter(code=code).first()
    if stuk is None:
        raise Http404(code)
    if not mag_volgen(wie):
        raise PermissionDenied
    if request.POST.get("volg") == "nee":
        ontvolg(stuk, wie_is(request))
        messages.success(request, f"U volgt {stuk.code} niet meer.")
    else:
        volg(stuk, wie_is(request))
        messages.success(request, f"U volgt {stuk.code}: u krijgt bericht als er iets wijzigt.")
    return HttpResponseRedirect(reverse("volgen") if request.POST.get("terug") == "volgen" else stuk.get_absolute_url())
