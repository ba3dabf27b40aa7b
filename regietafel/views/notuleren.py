"""Taking minutes: one page for the running meeting, for forms and for a script that keeps them; and adding afterwards.

Every form of the page works by itself. A script sends the same forms and asks for JSON: the same checks, the same
verbs, and what would be a page with an error is then the error alone.
"""

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views import View
from django.views.decorators.http import require_safe

from maatregelen.models import Organisatie
from maatregelen.versiebewaking import Verouderd, wijzigingen_sinds
from maatregelen.views import bevoegdheid, lees_adres, toon
from maatregelen.views.bijhouden import BOTST, GELUKT, ONJUIST, Formulierblad, probeer, wie_is
from maatregelen.zichtbaarheid import Bevoegdheid, zichtbare_maatregelen
from regietafel.besluitvorming import (
    Statuszet,
    leg_actie_vast,
    leg_besluit_vast,
    leg_cijfer_vast,
    leg_inbreng_vast,
    leg_trend_vast,
    verwijder_regel,
    wijzig_actie,
    wijzig_besluit,
    wijzig_cijfer,
    wijzig_inbreng,
    wijzig_trend,
)
from regietafel.forms.notuleren import (
    VELDEN,
    Addendumformulier,
    Besprekingformulier,
    Regelformulier,
    Verwijderformulier,
    invoer_van,
)
from regietafel.models import Addendum, Agendapunt, Vergadering
from regietafel.notulen import (
    ACTIE,
    BESLUIT,
    CIJFER,
    GESLOTEN,
    INBRENG,
    NOG_OPEN,
    WEG,
    Notulenregel,
    Puntnotulen,
    Regel,
    VerslagGesloten,
    Verwijderd,
    lees_notulen,
    schrijf_bespreking,
    stempel,
    voeg_addendum_toe,
    zoek_regel,
)
from regietafel.zichtbaarheid import mag_status_bij_besluit, mag_vergaderingen_bijhouden, zichtbare_vergaderingen

WIE_NOTULEERT = "Notuleren doet het LRT-secretariaat."
WIE_STATUS = "Bij deze maatregel kunt u de status niet met een besluit wijzigen."
ANDER_MENS = (
    "In deze browser is intussen iemand anders ingelogd. Er is niets opgeslagen; wat u typte is in deze browser "
    "bewaard en staat er weer als u zelf inlogt."
)
ANDERE_TEKST = "Iemand anders schreef intussen een andere tekst bij dit punt. Er is niets opgeslagen."
ANDERE_REGEL = "Iemand anders wijzigde deze regel intussen. Er is niets opgeslagen."
ZELF_ANDERS = "U wijzigde dit zelf al, in een ander venster of tabblad. Er is nu niets opgeslagen."
VERDWENEN, UITGELOGD, NIET_U = 410, 401, 403
# What of a form somebody would be sorry to lose.
GETYPT = ("tekst", "naam", "waarde", "onderwerp", "duiding", "bespreking")


def getypt(request: HttpRequest, namen: Iterable[str]) -> list[tuple[str, str]]:
    """What was typed in these fields, to be shown once more."""
    return [(naam, str(waarde)) for naam in namen if (waarde := request.POST.get(naam)) and str(waarde).strip()]


def leg_vast(form: Regelformulier, wie: Bevoegdheid, persoon: Any) -> Regel:
    """Make the line that was filled in. Raises PermissionDenied for a status this person may not move."""
    g: dict[str, Any] = form.cleaned_data
    vast: dict[str, Any] = {"sleutel": g["sleutel"]}
    familie, _, soort = g["soort"].partition("-")
    if familie == BESLUIT:
        zet = None
        if maatregel := g.get("status_maatregel"):
            if not mag_status_bij_besluit(wie, maatregel):
                raise PermissionDenied(WIE_STATUS)
            zet = Statuszet(maatregel, g["status_naar"], per=g["status_per"])
        return leg_besluit_vast(form.punt, **vast, **_besluit(g, soort), statuszet=zet, door=persoon)
    if familie == INBRENG:
        return leg_inbreng_vast(form.punt, **vast, **_inbreng(g, soort))
    if familie == ACTIE:
        return leg_actie_vast(form.punt, **vast, **_actie(g, soort), andere_lezing=g["lezing"] == "1")
    if familie == CIJFER:
        return leg_cijfer_vast(form.punt, **vast, **_cijfer(g))
    return leg_trend_vast(form.punt, **vast, onderwerp=g["onderwerp"], duiding=g["duiding"])


def wijzig(form: Regelformulier, regel: Notulenregel) -> Regel:
    """Correct the line as it was filled in."""
    g: dict[str, Any] = form.cleaned_data
    soort = g["soort"].partition("-")[2]
    versie = g["versie"] or 0
    if regel.familie == BESLUIT:
        return wijzig_besluit(regel.regel, versie=versie, **_besluit(g, soort))
    if regel.familie == INBRENG:
        return wijzig_inbreng(regel.regel, versie=versie, **_inbreng(g, soort))
    if regel.familie == ACTIE:
        ander = None if g["lezing"] == "" else g["lezing"] == "1"
        return wijzig_actie(regel.regel, versie=versie, **_actie(g, soort), andere_lezing=ander)
    if regel.familie == CIJFER:
        return wijzig_cijfer(regel.regel, versie=versie, **_cijfer(g))
    return wijzig_trend(regel.regel, versie=versie, onderwerp=g["onderwerp"], duiding=g["duiding"])


def _besluit(g: dict[str, Any], soort: str) -> dict[str, Any]:
    return {"soort": soort, "tekst": g["tekst"], "maatregelen": g["maatregelen"]}


def _inbreng(g: dict[str, Any], soort: str) -> dict[str, Any]:
    wie = {"organisatie": g["organisatie"], "spreker": g["wie_tekst"]}
    return {**_besluit(g, soort), **wie, "is_open": g["is_open"]}


def _actie(g: dict[str, Any], soort: str) -> dict[str, Any]:
    return {
        "soort": soort,
        "wat": g["tekst"],
        "organisatie": g["organisatie"],
        "wie_tekst": g["wie_tekst"],
        "termijn_tekst": g["termijn_tekst"],
        "voor_vergadering": g.get("voor_vergadering"),
        "maatregelen": g["maatregelen"],
    }


def _cijfer(g: dict[str, Any]) -> dict[str, Any]:
    return {naam: g[naam] for naam in ("naam", "waarde", "eenheid", "vorige_waarde", "maatregelen")}


def _regel_json(regel: Notulenregel, vergadering: Vergadering) -> dict[str, Any]:
    """A line for a script: what it knows it by, and as it stands on the page."""
    html = render_to_string(
        "regietafel/notuleren/regel.html",
        {"r": regel, "waarden": invoer_van(regel), "vergadering": vergadering, "mag": True},
    )
    return {"sleutel": regel.sleutel, "punt": regel.regel.agendapunt_id, "versie": regel.regel.versie, "html": html}


class Notuleren(View):
    """The page, and the address to which its forms go."""

    http_method_names = ["get", "head", "post"]
    wie: Bevoegdheid
    vergadering: Vergadering

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Who may; a form that arrives after the session ended is answered with everything that was typed."""
        self.is_script = request.headers.get("Accept", "") == "application/json"
        if not request.user.is_authenticated:
            if request.method != "POST":
                return redirect_to_login(request.get_full_path())
            return self.uitgelogd(request)
        self.wie, self.persoon = bevoegdheid(request), wie_is(request)
        self.vergadering = get_object_or_404(zichtbare_vergaderingen(self.wie), slug=kwargs["slug"])
        if not mag_vergaderingen_bijhouden(self.wie):
            raise PermissionDenied(WIE_NOTULEERT)
        return super().dispatch(request, *args, **kwargs)

    def uitgelogd(self, request: HttpRequest) -> HttpResponse:
        """Nothing was kept, and nothing is lost: what was typed comes back to be copied."""
        if self.is_script:
            return JsonResponse({"melding": "U bent niet meer ingelogd."}, status=UITGELOGD)
        namen = dict.fromkeys(["bespreking", *(veld for velden in VELDEN.values() for veld in velden)])
        inhoud = {"getypt": getypt(request, namen)}
        return render(request, "regietafel/notuleren/uitgelogd.html", inhoud, status=UITGELOGD)

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The page; with `wijzig` or `verwijder` the form for one line stands in its place."""
        adres = lees_adres(request, {"wijzig": None, "verwijder": None})
        if self.vergadering.is_gesloten:
            return self.gesloten()
        for doe in ("wijzig", "verwijder"):
            if doe in adres:
                if (regel := self.regel(adres[doe])) is None:
                    messages.warning(request, WEG)
                    return HttpResponseRedirect(request.path)
                return self.toon(open_regel=regel.sleutel, verwijderen=doe == "verwijder")
        return self.toon()

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Keep what one of the forms holds."""
        if self.is_script and request.POST.get("persoon") != str(self.persoon.pk):
            return JsonResponse({"melding": ANDER_MENS, "ander": True}, status=NIET_U)
        daad: Callable[[], HttpResponse] | None = {
            "regel": self.nieuw,
            "wijzig": self.wijzig,
            "verwijder": self.verwijder,
            "tekst": self.tekst,
        }.get(request.POST.get("doe", ""))
        if daad is None:
            raise Http404("doe")
        try:
            return daad()
        except VerslagGesloten:
            return self.gesloten(BOTST)

    # What the forms need

    def punt(self) -> Agendapunt:
        """The point that a form is about."""
        nummer = self.request.POST.get("punt", "")
        return get_object_or_404(self.vergadering.agendapunten.all(), pk=int(nummer) if nummer.isdecimal() else 0)

    def regel(self, sleutel: str) -> Notulenregel | None:
        """The line with this key; None when it is gone."""
        try:
            return zoek_regel(self.vergadering, uuid.UUID(sleutel))
        except ValueError:
            raise Http404("regel") from None

    def formulier(self, punt: Agendapunt, data: Any = None, regel: Notulenregel | None = None) -> Regelformulier:
        """The form of a line, new or not."""
        if not hasattr(self, "organisaties"):
            self.organisaties = list(Organisatie.objects.order_by("afkorting"))
            komend = zichtbare_vergaderingen(self.wie).komend(self.wie.vandaag).exclude(pk=self.vergadering.pk)
            self.komend = list(komend)
        return Regelformulier(
            data,
            punt=punt,
            regel=regel,
            peildag=regel.regel.peildatum if regel and regel.familie == ACTIE else self.dag,
            organisaties=self.organisaties,
            maatregelen=zichtbare_maatregelen(self.wie),
            vergaderingen=self.komend,
        )

    @property
    def dag(self) -> Any:
        """The day from which words like 'voor de zomer' count."""
        return self.vergadering.datum or self.wie.vandaag

    # The forms

    def nieuw(self) -> HttpResponse:
        """A new line."""
        punt = self.punt()
        if "lees" in self.request.POST:
            leeg = self.formulier(punt)
            leeg.initial.update(self.request.POST.dict())
            return self.toon(nieuw={punt.pk: leeg})
        form = self.formulier(punt, self.request.POST)
        try:
            uitkomst, status = self.doe(form, lambda: leg_vast(form, self.wie, self.persoon))
        except Verwijderd:
            if self.is_script:
                return self.verdwenen()
            form.add_error(None, WEG)
            status, uitkomst = VERDWENEN, None
        except PermissionDenied as fout:
            # Said at its field: what else was typed in this line stays.
            form.add_error("status_van", str(fout))
            status, uitkomst = NIET_U, None
        if uitkomst is None:
            return self.mislukt(form, status, nieuw={punt.pk: form})
        return self.gelukt(str(form.cleaned_data["sleutel"]), punt, f"#p{punt.pk}-soort")

    def wijzig(self) -> HttpResponse:
        """A line corrected."""
        regel = self.regel(self.request.POST.get("sleutel", ""))
        if regel is None:
            return self.verdwenen()
        punt = regel.regel.agendapunt
        if "lees" in self.request.POST:
            leeg = self.formulier(punt, regel=regel)
            leeg.initial.update(self.request.POST.dict())
            return self.toon(open_regel=regel.sleutel, gewijzigd=leeg)
        form = self.formulier(punt, self.request.POST, regel)
        try:
            uitkomst, status = self.doe(form, lambda: wijzig(form, regel))
        except Verouderd as fout:
            return self.botsing(form, fout)
        except Verwijderd:
            return self.verdwenen()
        if uitkomst is None:
            return self.mislukt(form, status, open_regel=regel.sleutel, gewijzigd=form)
        return self.gelukt(regel.sleutel, punt, f"#regel-{regel.sleutel}")

    def verwijder(self) -> HttpResponse:
        """A line removed."""
        regel = self.regel(self.request.POST.get("sleutel", ""))
        if regel is None:
            return self.verdwenen()
        form = Verwijderformulier(self.request.POST)
        try:
            _, status = self.doe(form, lambda: verwijder_regel(regel.regel, versie=form.cleaned_data["versie"]))
        except (Verouderd, Verwijderd) as fout:
            form.add_error(None, ANDERE_REGEL if isinstance(fout, Verouderd) else WEG)
            status = BOTST
        if status != GELUKT:
            return self.mislukt(form, status, open_regel=regel.sleutel, verwijderen=True, gewijzigd=form)
        messages.success(self.request, "De regel is verwijderd. De geschiedenis houdt wat er stond.")
        return HttpResponseRedirect(f"{self.request.path}#punt-{regel.regel.agendapunt.volgorde}")

    def tekst(self) -> HttpResponse:
        """The running text of a point."""
        punt = self.punt()
        form = Besprekingformulier(self.request.POST, punt=punt)
        try:
            uitkomst, status = self.doe(
                form,
                lambda: schrijf_bespreking(punt, form.cleaned_data["bespreking"], versie=form.cleaned_data["versie"]),
            )
        except Verouderd:
            return self.tekstbotsing(punt, form)
        if uitkomst is None:
            return self.mislukt(form, status, teksten={punt.pk: form})
        if self.is_script:
            return JsonResponse({"punt": punt.pk, "versie": uitkomst.versie, "bespreking": uitkomst.bespreking})
        messages.success(self.request, f"De bespreking van punt {punt.volgorde} is bewaard.")
        return HttpResponseRedirect(f"{self.request.path}#punt-{punt.volgorde}")

    # The answers

    def doe(self, form: forms.BaseForm, daad: Callable[[], Any]) -> tuple[Any, int]:
        """Check the form and do what it asks: its answer, or None and what went wrong, with the words in the form."""
        return probeer(form, daad) if form.is_valid() else (None, ONJUIST)

    def gelukt(self, sleutel: str, punt: Agendapunt, anker: str) -> HttpResponse:
        """The line as it stands now."""
        if self.is_script:
            regel = zoek_regel(self.vergadering, uuid.UUID(sleutel))
            if regel is None:
                return self.verdwenen()
            return JsonResponse({"regel": _regel_json(regel, self.vergadering)})
        messages.success(self.request, f"Bewaard bij punt {punt.volgorde}.")
        return HttpResponseRedirect(f"{self.request.path}{anker}")

    def mislukt(self, form: forms.BaseForm, status: int, **opnieuw: Any) -> HttpResponse:
        """What was wrong, with everything that was typed."""
        if self.is_script:
            fouten = {veld or "__all__": [str(f) for f in zinnen] for veld, zinnen in form.errors.items()}
            return JsonResponse({"fouten": fouten}, status=status)
        return self.toon(status=status, **opnieuw)

    def verdwenen(self) -> HttpResponse:
        """The line was removed by somebody else; what was typed is shown once more."""
        if self.is_script:
            return JsonResponse({"melding": WEG}, status=VERDWENEN)
        return self.toon(status=VERDWENEN, melding=WEG, getypt=getypt(self.request, GETYPT))

    def botsing(self, form: Regelformulier, fout: Verouderd) -> HttpResponse:
        """Both texts of a line that somebody else changed; saving once more is then a choice."""
        nu = self.regel(str(form.cleaned_data["sleutel"]))
        if nu is None:
            return self.verdwenen()
        stand = wijzigingen_sinds(nu.regel, form.cleaned_data["versie"] or 0)
        staat_er, getypt = invoer_van(nu), self.request.POST
        verschillen = [
            {
                "veld": veld.name,
                "label": str(veld.label),
                "nu": self.woorden(veld, staat_er),
                "uw": self.woorden(veld, getypt),
            }
            for veld in form.visible_fields()
            if veld.name in (*VELDEN[nu.familie], "soort")
            and self.woorden(veld, staat_er) != self.woorden(veld, getypt)
        ]
        zin = ZELF_ANDERS if stand.door == self.persoon else ANDERE_REGEL
        door = stand.door.functie if stand.door else "Iemand anders"
        if self.is_script:
            antwoord = {"melding": zin, "door": door, "verschillen": verschillen}
            return JsonResponse({**antwoord, "regel": _regel_json(nu, self.vergadering)}, status=BOTST)
        opnieuw = getypt.copy()
        opnieuw["versie"] = str(fout.versie)
        form = self.formulier(nu.regel.agendapunt, opnieuw, nu)
        form.is_valid()
        form.add_error(None, zin)
        botsing = {"door": door, "op": stand.op, "verschillen": verschillen}
        return self.toon(status=BOTST, open_regel=nu.sleutel, gewijzigd=form, botsing=botsing)

    def woorden(self, veld: forms.BoundField, waarden: Any) -> str:
        """A value as a reader knows it."""
        waarde = waarden.get(veld.name)
        if isinstance(veld.field, forms.BooleanField):
            return "ja" if waarde and waarde != "False" else "nee"
        if isinstance(veld.field, forms.ChoiceField) and not isinstance(veld.field, forms.ModelChoiceField):
            keuzes: Any = veld.field.choices
            plat = [k for groep in keuzes for k in (groep[1] if isinstance(groep[1], list) else [groep])]
            return str(dict(plat).get(waarde or "", waarde or ""))
        return str(waarde or "").replace("\r\n", "\n").strip()

    def tekstbotsing(self, punt: Agendapunt, form: Besprekingformulier) -> HttpResponse:
        """Both texts of a point."""
        nu = Agendapunt.objects.get(pk=punt.pk)
        stand = wijzigingen_sinds(nu, form.cleaned_data["versie"])
        zelf = stand.door == self.persoon
        door = stand.door.functie if stand.door else "Iemand anders"
        if self.is_script:
            return JsonResponse(
                {
                    "melding": ZELF_ANDERS if zelf else ANDERE_TEKST,
                    "door": door,
                    "versie": nu.versie,
                    "bespreking": nu.bespreking,
                },
                status=BOTST,
            )
        opnieuw = self.request.POST.copy()
        opnieuw["versie"] = str(nu.versie)
        form = Besprekingformulier(opnieuw, punt=nu)
        form.is_valid()
        form.add_error(None, ZELF_ANDERS if zelf else ANDERE_TEKST)
        tekst = {"door": door, "op": stand.op, "tekst": nu.bespreking}
        return self.toon(status=BOTST, teksten={punt.pk: form}, tekstbotsing=tekst)

    def gesloten(self, status: int = GELUKT) -> HttpResponse:
        """The minutes were adopted: what can be done instead, and what was typed."""
        adres = reverse("vergadering_addendum", kwargs={"slug": self.vergadering.slug})
        if self.is_script:
            return JsonResponse({"melding": GESLOTEN, "gesloten": True, "addendum": adres}, status=BOTST)
        inhoud = {"vergadering": self.vergadering, "addendum": adres, "getypt": getypt(self.request, GETYPT)}
        return toon(self.request, "regietafel/notuleren/gesloten.html", self.wie, inhoud, status=status)

    def toon(
        self,
        *,
        status: int = GELUKT,
        nieuw: dict[int, Regelformulier] | None = None,
        teksten: dict[int, Besprekingformulier] | None = None,
        open_regel: str = "",
        gewijzigd: forms.BaseForm | None = None,
        verwijderen: bool = False,
        **inhoud: Any,
    ) -> HttpResponse:
        """The page, with those of its forms as they were sent that were not kept."""
        punten = [
            {
                "punt": rij.punt,
                "regels": [(regel, invoer_van(regel)) for regel in rij.regels],
                "tekstform": (teksten or {}).get(rij.punt.pk) or Besprekingformulier(punt=rij.punt),
                "regelform": (nieuw or {}).get(rij.punt.pk) or self.formulier(rij.punt),
            }
            for rij in lees_notulen(self.vergadering)
        ]
        open_form = gewijzigd or self.open_formulier(punten, open_regel, verwijderen=verwijderen)
        fout = next(
            (f for f in (*(nieuw or {}).values(), *(teksten or {}).values(), gewijzigd) if f and f.is_bound), None
        )
        return toon(
            self.request,
            "regietafel/notuleren/notuleren.html",
            self.wie,
            {
                "vergadering": self.vergadering,
                "punten": punten,
                "organisaties": getattr(self, "organisaties", ()),
                "peildag": self.dag,
                "open_regel": open_regel,
                "open_form": open_form,
                "verwijderen": verwijderen,
                "fout": fout,
                "mag": True,
                **inhoud,
            },
            status=status,
        )

    def open_formulier(
        self, punten: Iterable[dict[str, Any]], sleutel: str, *, verwijderen: bool
    ) -> forms.BaseForm | None:
        """The form of the line that stands open."""
        for punt in punten:
            for regel, _ in punt["regels"]:
                if regel.sleutel == sleutel:
                    if verwijderen:
                        return Verwijderformulier(initial={"versie": regel.regel.versie})
                    return self.formulier(punt["punt"], regel=regel)
        return None


@require_safe
def stand(request: HttpRequest, slug: str) -> HttpResponse:
    """What stands in the minutes now, for the page that is open: lines, texts and versions, with an ETag.

    It also hands out the token that forms need, so that a page goes on after somebody signed in again elsewhere.
    """
    wie = bevoegdheid(request)
    vergadering = get_object_or_404(zichtbare_vergaderingen(wie), slug=slug)
    if not mag_vergaderingen_bijhouden(wie):
        raise PermissionDenied(WIE_NOTULEERT)
    etag = f'"{stempel(vergadering)}"'
    if request.headers.get("If-None-Match") == etag:
        antwoord = HttpResponse(status=304)
    else:
        antwoord = JsonResponse(
            {
                "persoon": wie_is(request).pk,
                "csrf": get_token(request),
                "gesloten": vergadering.is_gesloten,
                "punten": [_punt_json(rij, vergadering) for rij in lees_notulen(vergadering)],
            }
        )
    antwoord["ETag"] = etag
    antwoord["Cache-Control"] = "no-store"
    return antwoord


def _punt_json(rij: Puntnotulen, vergadering: Vergadering) -> dict[str, Any]:
    punt = rij.punt
    regels = [_regel_json(regel, vergadering) for regel in rij.regels]
    return {"punt": punt.pk, "versie": punt.versie, "bespreking": punt.bespreking, "regels": regels}


class AddendumNieuw(Formulierblad):
    """An addition to adopted minutes."""

    sjabloon = "regietafel/notuleren/addendum.html"
    titel = "Addendum toevoegen"
    knop = "Voeg toe"
    inleiding = (
        "Het verslag is vastgesteld en verandert niet meer. Een addendum komt eronder te staan, met datum en reden. "
        "Ook een addendum wijzigt of verwijdert u later niet."
    )
    gelukt = "Het addendum is toegevoegd."
    wie_mag = WIE_NOTULEERT
    vergadering: Vergadering

    def zoek(self, **sleutels: Any) -> None:
        """The meeting."""
        self.vergadering = get_object_or_404(zichtbare_vergaderingen(self.wie), slug=sleutels["slug"])

    def mag(self) -> bool:
        """Who takes minutes."""
        return mag_vergaderingen_bijhouden(self.wie)

    def formulier(self, data: Any = None, bestanden: Any = None) -> Addendumformulier:
        """Point, text, reason."""
        return Addendumformulier(self.vergadering, data)

    def bewaar(self, form: Any) -> Addendum:
        """Add it."""
        return voeg_addendum_toe(self.vergadering, **form.cleaned_data, door=self.persoon)

    def terug(self, uitkomst: Any = None) -> str:
        """The meeting."""
        return self.vergadering.get_absolute_url()

    def paden(self) -> list[tuple[str, str]]:
        """Meetings, this one."""
        return [("/vergaderingen/", "Regietafel"), (self.terug(), self.vergadering.titel)]

    def inhoud(self) -> dict[str, Any]:
        """Which meeting this is about, and whether there is anything to add to yet."""
        return {"over": self.vergadering.titel, "vergadering": self.vergadering, "nog_open": NOG_OPEN}
