"""Organisations, people and roles, kept up by the beheerder; and everybody's own account."""

import copy
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from maatregelen.beheer import (
    beeindig_rol,
    geef_rol,
    geef_tijdelijk_wachtwoord,
    maak_organisatie,
    maak_persoon,
    wijzig_organisatie,
    wijzig_persoon,
    zet_leidinggevende,
)
from maatregelen.forms.beheer import (
    Leidinggevendeformulier,
    Organisatieformulier,
    Persoonformulier,
    Roleindeformulier,
    Rolformulier,
)
from maatregelen.models import Lidmaatschap, Organisatie, Persoon
from maatregelen.versiebewaking import Verouderd
from maatregelen.views import bevoegdheid, blader, toon
from maatregelen.views.bijhouden import BOTST, GELUKT, ONJUIST, WIE_BEHEER, Formulierblad, probeer, wie_is
from maatregelen.zichtbaarheid import kijkers, mag_beheren, zichtbare_organisaties

TIJDELIJK = "tijdelijk"  # what the button for a temporary password sends
MEESTE_CIJFERS = 19  # of a number that fits in the database


class Beheerblad(Formulierblad):
    """A page of the beheerder."""

    wie_mag = WIE_BEHEER

    def mag(self) -> bool:
        """The beheerder."""
        return mag_beheren(self.wie)


class OrganisatieNieuw(Beheerblad):
    """A new organisation."""

    titel = "Organisatie toevoegen"
    knop = "Voeg toe"
    gelukt = "De organisatie is toegevoegd."

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """An empty organisation."""
        return Organisatieformulier(data)

    def bewaar(self, form: Any) -> Organisatie:
        """Make it."""
        return maak_organisatie(form.velden())

    def terug(self, uitkomst: Any = None) -> str:
        """Its page, or the list."""
        return uitkomst.get_absolute_url() if uitkomst else "/organisaties/"

    def paden(self) -> list[tuple[str, str]]:
        """The list."""
        return [("/organisaties/", "Organisaties")]


class OrganisatieWijzigen(Beheerblad):
    """Change an organisation, or let it end with a successor."""

    sjabloon = "maatregelen/beheer/organisatie.html"
    titel = "Organisatie wijzigen"
    inleiding = (
        "Houdt een organisatie op? Vul de dag in en kies wie het werk overneemt. De geschiedenis houdt de oude naam; "
        "de mensen van de opvolger doen vanaf die dag het open werk. Moeten ook de maatregelen, actiepunten, mensen en "
        "zetels verhuizen? Ga dan terug en kies Opheffen."
    )
    organisatie: Organisatie

    def zoek(self, **sleutels: Any) -> None:
        """The organisation with this address."""
        self.organisatie = get_object_or_404(zichtbare_organisaties(self.wie), slug=sleutels["slug"])
        self.stuk = self.organisatie

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """The organisation; a copy, so that what is refused is never shown as what is."""
        return Organisatieformulier(data, instance=copy.copy(self.organisatie))

    def bewaar(self, form: Any) -> list[str]:
        """Write what differs."""
        return wijzig_organisatie(self.organisatie, form.velden(), versie=form.cleaned_data["versie"])

    def terug(self, uitkomst: Any = None) -> str:
        """Its page."""
        return self.organisatie.get_absolute_url()

    def paden(self) -> list[tuple[str, str]]:
        """The list, the organisation."""
        return [("/organisaties/", "Organisaties"), (self.terug(), self.organisatie.afkorting)]

    def inhoud(self) -> dict[str, Any]:
        """Which organisation this is about."""
        return {"over": self.organisatie.naam, "organisatie": self.organisatie}


@require_safe
def personen(request: HttpRequest) -> HttpResponse:
    """Who works here, with their roles today."""
    wie = bevoegdheid(request)
    if not mag_beheren(wie):
        raise PermissionDenied(WIE_BEHEER)
    # Programs are listed at their organisation: they have no address, no password and no mail.
    pagina = blader(request, Persoon.objects.filter(is_programma=False).order_by("-is_active", "functie", "email"))
    rollen: dict[int, list[Lidmaatschap]] = {}
    for lid in Lidmaatschap.objects.filter(persoon__in=list(pagina.object_list)).select_related("organisatie"):
        if lid.tot is None or lid.tot > wie.vandaag:
            rollen.setdefault(lid.persoon_id, []).append(lid)
    rijen = [(persoon, rollen.get(persoon.pk, [])) for persoon in pagina.object_list]
    return toon(request, "maatregelen/beheer/personen.html", wie, {"pagina": pagina, "rijen": rijen})


class PersoonNieuw(Beheerblad):
    """A new person, who gets in after the beheerder has given them a temporary password."""

    titel = "Persoon toevoegen"
    knop = "Voeg toe"
    gelukt = "De persoon is toegevoegd. Geef hieronder een rol en een tijdelijk wachtwoord."
    inleiding = "Na het toevoegen geeft u een rol en een tijdelijk wachtwoord. Zonder die twee kan iemand hier niets."

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """Function, address, active or not."""
        return Persoonformulier(data)

    def bewaar(self, form: Any) -> Persoon:
        """Make the person, without a password."""
        return maak_persoon(**form.velden())

    def terug(self, uitkomst: Any = None) -> str:
        """The new person, or the list."""
        return reverse("persoon_wijzigen", args=[uitkomst.pk]) if uitkomst else reverse("personen")

    def paden(self) -> list[tuple[str, str]]:
        """The list."""
        return [(reverse("personen"), "Personen")]


@method_decorator(never_cache, name="dispatch")
class PersoonWijzigen(Beheerblad):
    """One person: function and address, roles, and a way in."""

    sjabloon = "maatregelen/beheer/persoon.html"
    titel = "Persoon"
    mens: Persoon
    rolform: forms.BaseForm | None = None
    eindeform: forms.BaseForm | None = None
    leidingform: Leidinggevendeformulier | None = None
    wachtwoord = ""

    def zoek(self, **sleutels: Any) -> None:
        """The person."""
        self.mens = get_object_or_404(Persoon, pk=sleutels["pk"], is_programma=False)

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """The person; a copy, so that what is refused is never shown as what is."""
        return Persoonformulier(data, instance=copy.copy(self.mens))

    def bewaar(self, form: Any) -> list[str]:
        """Write what differs."""
        return wijzig_persoon(self.mens, **form.velden(), gezien=form.gezien())

    def verouderd(self, form: forms.BaseForm, fout: Verouderd) -> HttpResponse:
        """A person carries no version: what stands there now is carried along instead."""
        self.mens.refresh_from_db()
        vers: Any = Persoonformulier(instance=copy.copy(self.mens))
        invoer = self.request.POST.copy()
        for naam in ("gezien_email", "gezien_functie", "gezien_actief"):
            invoer[naam] = vers.initial[naam]
        opnieuw: Any = self.formulier(invoer)
        opnieuw.is_valid()
        actief = "actief" if self.mens.is_active else "niet actief"
        nu = f"Nu staat er: {self.mens.functie}, {self.mens.email}, {actief}."
        opnieuw.add_error(None, f"{fout} {nu}")
        return self.toon(opnieuw, status=BOTST)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The person, a role, the end of a role, or a temporary password."""
        if request.POST.get("wachtwoord") == TIJDELIJK:
            self.wachtwoord = geef_tijdelijk_wachtwoord(self.mens)
            return self.toon(self.formulier())
        if "rol" in request.POST:
            return self._geef_rol(request)
        if "leiding_van" in request.POST:
            return self._zet_leidinggevende(request)
        if "lidmaatschap" in request.POST:
            return self._beeindig_rol(request)
        return super().post(request, **kwargs)

    def _geef_rol(self, request: HttpRequest) -> HttpResponse:
        form = self.rolform = Rolformulier(self.mens, self.wie.vandaag, request.POST)
        if not form.is_valid():
            return self.toon(self.formulier(), status=ONJUIST)
        gegevens = form.cleaned_data
        rol, status = probeer(
            form,
            lambda: geef_rol(
                self.mens,
                gegevens["organisatie"],
                gegevens["rol"],
                vanaf=gegevens["vanaf"],
                leidinggevende=gegevens["leidinggevende"],
            ),
        )
        if rol is None:
            return self.toon(self.formulier(), status=status)
        messages.success(request, f"De rol is gegeven: {rol}, vanaf {rol.vanaf:%d-%m-%Y}.")
        return HttpResponseRedirect(request.path)

    def _rol(self, sleutel: str) -> Lidmaatschap:
        """The role of this person that a button carries. Raises Http404."""
        return get_object_or_404(
            self.mens.lidmaatschappen.select_related("leidinggevende", "organisatie"),
            pk=int(sleutel) if sleutel.isdecimal() and len(sleutel) < MEESTE_CIJFERS else 0,
        )

    def _zet_leidinggevende(self, request: HttpRequest) -> HttpResponse:
        rij = self._rol(request.POST["leiding_van"])
        form = self.leidingform = Leidinggevendeformulier(rij, list(kijkers(self.wie.vandaag)), request.POST)
        if not form.is_valid():
            return self.toon(self.formulier(), status=ONJUIST)
        wie, gezien = form.cleaned_data["leidinggevende"], form.cleaned_data["gezien"]
        try:
            _, status = probeer(form, lambda: zet_leidinggevende(rij, wie, gezien=gezien, vandaag=self.wie.vandaag))
        except Verouderd as fout:
            rij.refresh_from_db()
            invoer = request.POST.copy()
            invoer["gezien"] = str(rij.leidinggevende_id or "")
            form = self.leidingform = Leidinggevendeformulier(rij, list(kijkers(self.wie.vandaag)), invoer)
            form.is_valid()
            form.add_error(None, f"{fout} Nu staat er: {rij.leidinggevende or 'niemand'}.")
            status = BOTST
        if status != GELUKT:
            return self.toon(self.formulier(), status=status)
        messages.success(request, f"Leidinggevende bij {rij.organisatie}: {wie or 'niemand'}.")
        return HttpResponseRedirect(request.path)

    def _beeindig_rol(self, request: HttpRequest) -> HttpResponse:
        rij = self._rol(request.POST["lidmaatschap"])
        form = self.eindeform = Roleindeformulier(self.wie.vandaag, request.POST)
        if not form.is_valid():
            return self.toon(self.formulier(), status=ONJUIST)
        _, status = probeer(form, lambda: beeindig_rol(rij, per=form.cleaned_data["tot"]))
        if status != GELUKT:
            return self.toon(self.formulier(), status=status)
        messages.success(request, f"De rol eindigt per {form.cleaned_data['tot']:%d-%m-%Y}: {rij}.")
        return HttpResponseRedirect(request.path)

    def terug(self, uitkomst: Any = None) -> str:
        """The person, or the list."""
        return reverse("personen") if uitkomst is None else self.request.path

    def paden(self) -> list[tuple[str, str]]:
        """The list."""
        return [(reverse("personen"), "Personen")]

    def inhoud(self) -> dict[str, Any]:
        """Roles, and the forms beside that of the person."""
        leiding = self.leidingform
        mogelijk = list(kijkers(self.wie.vandaag))
        rollen = self.mens.lidmaatschappen.select_related("organisatie", "leidinggevende")
        return {
            "mens": self.mens,
            "over": self.mens.email,
            "lidmaatschappen": [
                (lid, leiding if leiding is not None and leiding.lid == lid else Leidinggevendeformulier(lid, mogelijk))
                for lid in rollen
            ],
            "rolform": self.rolform or Rolformulier(self.mens, self.wie.vandaag),
            "eindeform": self.eindeform or Roleindeformulier(self.wie.vandaag),
            "fout": next((f for f in (self.rolform, self.eindeform, leiding) if f is not None and f.errors), None),
            "wachtwoord": self.wachtwoord,
            "heeft_wachtwoord": self.mens.has_usable_password(),
        }


@require_safe
def mijn(request: HttpRequest) -> HttpResponse:
    """My account: my roles, and the way to what is mine."""
    wie = bevoegdheid(request)
    return toon(request, "maatregelen/bijhouden/mijn.html", wie, {"ik": wie_is(request)})
