"""How reminding is set by the beheerder: the steps per kind of termijn, and the escalation chains."""

import datetime
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from maatregelen.forms.herinnerbeheer import Escalatieformulier, Regelformulier
from maatregelen.herinnerschema import (
    EIGEN_REGELS,
    Regel,
    controleer_stappen,
    escalaties,
    herstel_regel,
    kenmerk,
    regels,
    wijzig_regel,
    zet_escalaties,
)
from maatregelen.models import Fijnheid, Hardheid, Mijlpaal, Organisatie, Precisie
from maatregelen.ontvangers import Ontvangers
from maatregelen.versiebewaking import Verouderd
from maatregelen.views import bevoegdheid, toon
from maatregelen.views.beheer import Beheerblad
from maatregelen.views.bijhouden import BOTST, ONJUIST, WIE_BEHEER, probeer
from maatregelen.zichtbaarheid import kijkers, mag_beheren, zichtbare_organisaties


@require_safe
def herinneren(request: HttpRequest) -> HttpResponse:
    """The steps of every kind of termijn in one table."""
    wie = bevoegdheid(request)
    if not mag_beheren(wie):
        raise PermissionDenied(WIE_BEHEER)
    van_kracht = regels()
    rijen = [
        (fijnheid, [(hardheid, van_kracht[(str(hardheid), str(fijnheid))]) for hardheid in Hardheid])
        for fijnheid in Fijnheid
    ]
    inhoud = {
        "rijen": rijen,
        "hardheden": list(Hardheid),
        "aangepast": sum(regel.versie > 0 for regel in van_kracht.values()),
    }
    return toon(request, "maatregelen/beheer/herinneren.html", wie, inhoud)


def voorbeeld_termijn(fijnheid: str, vandaag: datetime.date) -> Mijlpaal:
    """A termijn of this sharpness that is still to come, to show the steps of; it exists on paper only."""
    jaar = vandaag.year + (vandaag > datetime.date(vandaag.year, 12, 30))
    einde = datetime.date(jaar, 12, 31)
    if fijnheid == Fijnheid.MAAND:
        begin = datetime.date(jaar, 12, 1)
        return Mijlpaal(termijn_tekst=f"december {jaar}", begin=begin, einde=einde, precisie=Precisie.MAAND)
    if fijnheid == Fijnheid.RUIM:
        begin = datetime.date(jaar, 7, 1)
        return Mijlpaal(termijn_tekst=f"tweede helft {jaar}", begin=begin, einde=einde, precisie=Precisie.HALFJAAR)
    if fijnheid == Fijnheid.VAAG:
        return Mijlpaal(termijn_tekst="zo spoedig mogelijk", precisie=Precisie.VAAG, peildatum=vandaag)
    dag = datetime.date(jaar, 12, 30)
    return Mijlpaal(termijn_tekst=f"30 december {jaar}", einde=dag, precisie=Precisie.DAG)


class HerinnerregelWijzigen(Beheerblad):
    """The steps of one kind of termijn, with an example in a drawing and in words."""

    sjabloon = "maatregelen/beheer/herinnerregel.html"
    gelukt = "De stappen zijn gewijzigd. Ze gelden vanaf de volgende herinnering."
    regel: Regel

    def zoek(self, **sleutels: Any) -> None:
        """The kind of termijn."""
        sleutel = (sleutels["hardheid"], sleutels["fijnheid"])
        if sleutel not in EIGEN_REGELS:
            raise Http404(sleutel)
        self.regel = regels()[sleutel]
        self.titel = f"{Hardheid(sleutel[0]).label}, {Fijnheid(sleutel[1]).label}".capitalize()

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """The steps in force."""
        return Regelformulier(self.regel, data)

    def bewaar(self, form: Any) -> None:
        """Set them."""
        wijzig_regel(self.regel.hardheid, self.regel.fijnheid, **form.stappen(), versie=form.cleaned_data["versie"])

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Look first, keep, or back to the product's own."""
        if "herstel" in request.POST:
            return self._herstel(request)
        if "bekijk" in request.POST:
            form = Regelformulier(self.regel, request.POST)
            if not form.is_valid():
                return self.toon(form, status=ONJUIST)
            stappen = form.stappen()
            _, status = probeer(form, lambda: controleer_stappen(stappen.pop("vooraf"), stappen))
            return self.toon(form, status=status)
        return super().post(request, **kwargs)

    def _herstel(self, request: HttpRequest) -> HttpResponse:
        ruw = request.POST.get("versie", "")
        versie = int(ruw) if ruw.isdecimal() and len(ruw) < 10 else -1
        try:
            herstel_regel(self.regel.hardheid, self.regel.fijnheid, versie=versie)
        except Verouderd as fout:
            form = Regelformulier(self.regel, {**self.regel.als_invoer(), "vooraf": self.regel.vooraf_tekst})
            form.is_valid()
            form.add_error(None, str(fout))
            return self.toon(form, status=BOTST)
        messages.success(request, "De eigen instelling geldt weer.")
        return HttpResponseRedirect(self.terug())

    def verouderd(self, form: forms.BaseForm, fout: Verouderd) -> HttpResponse:
        """What somebody else set meanwhile, in words; what was typed stays, and saving once more is a choice."""
        self.regel = regels()[(self.regel.hardheid, self.regel.fijnheid)]
        invoer = self.request.POST.copy()
        invoer["versie"] = str(self.regel.versie)
        opnieuw = self.formulier(invoer)
        opnieuw.is_valid()
        opnieuw.add_error(None, f"{fout} Nu staat er: {self.regel.in_woorden}.")
        return self.toon(opnieuw, status=BOTST)

    def terug(self, uitkomst: Any = None) -> str:
        """The table."""
        return reverse("herinneren")

    def paden(self) -> list[tuple[str, str]]:
        """The table."""
        return [(reverse("herinneren"), "Herinneren")]

    def toon(self, form: forms.BaseForm, *, status: int = 200, stand: Any = None) -> HttpResponse:
        """The page; the example follows what is in the form when that can be read."""
        self.getoond = self.regel
        if isinstance(form, Regelformulier) and form.is_bound and not form.errors:
            stappen = form.stappen()
            self.getoond = replace(self.regel, **{**stappen, "vooraf": tuple(stappen["vooraf"])})
        return super().toon(form, status=status, stand=stand)

    def inhoud(self) -> dict[str, Any]:
        """The example, and the product's own steps."""
        return {
            "regel": self.regel,
            "getoond": self.getoond,
            "eigen": EIGEN_REGELS[(self.regel.hardheid, self.regel.fijnheid)],
            "voorbeeld": voorbeeld_termijn(self.regel.fijnheid, self.wie.vandaag),
            "nog_niet_opgeslagen": self.getoond != self.regel,
        }


class Escalatieblad(Beheerblad):
    """Who is told as well when a termijn stays past: the chain of every organisation without its own."""

    sjabloon = "maatregelen/beheer/escalatie.html"
    titel = "Escalatie"
    organisatie: Organisatie | None = None

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """The chain as it stands; for the general one the product's own when nobody set it."""
        keten = escalaties()
        stappen = keten.get(self.organisatie.pk if self.organisatie else None, [])
        self.eigen_ketens = {pk for pk in keten if pk is not None}
        self.algemeen = keten[None]
        return Escalatieformulier(stappen, kijkers(self.wie.vandaag), kenmerk(self.organisatie), data)

    def bewaar(self, form: Any) -> None:
        """Replace it."""
        zet_escalaties(self.organisatie, form.stappen(), gezien=form.cleaned_data["gezien"])

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Keep the rows, or drop them all."""
        if "leeg" in request.POST:
            try:
                zet_escalaties(self.organisatie, [], gezien=request.POST.get("gezien", ""))
            except Verouderd as fout:
                form = self.formulier()
                return self._toch_anders(dict(form.initial), fout)
            messages.success(request, "De eigen stappen zijn weg. De algemene stappen gelden.")
            return HttpResponseRedirect(self.request.path)
        return super().post(request, **kwargs)

    def verouderd(self, form: forms.BaseForm, fout: Verouderd) -> HttpResponse:
        """What somebody else set meanwhile, in words; what was typed stays, and saving once more is a choice."""
        return self._toch_anders(self.request.POST.copy(), fout)

    def _toch_anders(self, invoer: Any, fout: Verouderd) -> HttpResponse:
        invoer["gezien"] = kenmerk(self.organisatie)
        opnieuw = self.formulier(invoer)
        opnieuw.is_valid()
        stappen = escalaties().get(self.organisatie.pk if self.organisatie else None)
        nu = "; ".join(stap.in_woorden for stap in stappen) if stappen else "geen eigen stappen"
        opnieuw.add_error(None, f"{fout} Nu staat er: {nu}.")
        return self.toon(opnieuw, status=BOTST)

    def terug(self, uitkomst: Any = None) -> str:
        """Here again."""
        return self.request.path

    def paden(self) -> list[tuple[str, str]]:
        """The steps of reminding."""
        return [(reverse("herinneren"), "Herinneren")]

    def inhoud(self) -> dict[str, Any]:
        """Which organisations have a chain of their own."""
        return {
            "organisatie": None,
            "algemeen": self.algemeen,
            "met_eigen": list(Organisatie.objects.filter(pk__in=self.eigen_ketens).order_by("afkorting")),
        }


class OrganisatieEscalatie(Escalatieblad):
    """The chain of one organisation, which replaces the general one whole."""

    def zoek(self, **sleutels: Any) -> None:
        """The organisation with this address; a generic word has no people."""
        self.organisatie = get_object_or_404(zichtbare_organisaties(self.wie).echt(), slug=sleutels["slug"])

    def paden(self) -> list[tuple[str, str]]:
        """The organisation, and changing it."""
        organisatie = self.organisatie
        assert organisatie is not None  # noqa: S101  zoek found it
        return [
            (organisatie.get_absolute_url(), organisatie.afkorting),
            (reverse("organisatie_wijzigen", args=[organisatie.slug]), "Organisatie wijzigen"),
        ]

    def inhoud(self) -> dict[str, Any]:
        """What each step comes down to today."""
        organisatie = self.organisatie
        assert organisatie is not None  # noqa: S101  zoek found it
        ontvangers = Ontvangers(self.wie.vandaag)
        keten_van, per_stap = ontvangers.per_stap(organisatie)
        return {
            "over": organisatie.naam,
            "organisatie": organisatie,
            "algemeen": self.algemeen,
            "heeft_eigen": organisatie.pk in self.eigen_ketens,
            "keten_van": keten_van,
            "per_stap": per_stap,
            "doet_werk": ontvangers.keten(organisatie)[-1],
        }
