"""Making the agenda of a meeting: points, their order, their annexes, and their way to another meeting."""

import copy
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from maatregelen.versiebewaking import Verouderd
from maatregelen.views import bevoegdheid, lees_adres, toon
from maatregelen.views.bijhouden import BEZET
from maatregelen.zichtbaarheid import zichtbare_maatregelen
from regietafel.agendering import (
    OMHOOG,
    OMLAAG,
    Onderwerpen,
    is_agenda_open,
    neem_vaste_punten_over,
    onderwerpen_van,
    schuif_door,
    van_eerder,
    verplaats_punt,
    verwijder_punt,
    voeg_punt_toe,
    wijzig_punt,
)
from regietafel.bestandscontrole import te_groot
from regietafel.bijlagen import (
    Opslagfout,
    hoogstens,
    plaats,
    verwijder_bijlage,
    voeg_bijlage_toe,
    wijzig_bijlage,
)
from regietafel.forms.agenda import Alleenversie, Bijlageformulier, Doorschuifformulier, Puntformulier
from regietafel.models import GEWEEST, Agendapunt, Bijlage
from regietafel.views.ontvangst import was_te_groot
from regietafel.views.vergadering_bijhouden import LIJST, WIE_TAFEL, Bijvergadering
from regietafel.zichtbaarheid import (
    mag_vergaderingen_bijhouden,
    zichtbare_agendapunten,
    zichtbare_besluiten,
    zichtbare_bijlagen,
    zichtbare_terugkoppelingen,
    zichtbare_vergaderingen,
)


@require_safe
def agenda(request: HttpRequest, slug: str) -> HttpResponse:
    """The agenda to work at: points in order, each with what can be done to it; `verplaatst` keeps the focus."""
    wie = bevoegdheid(request)
    vergadering = get_object_or_404(zichtbare_vergaderingen(wie).select_related("reeks"), slug=slug)
    if not mag_vergaderingen_bijhouden(wie):
        raise PermissionDenied(WIE_TAFEL)
    adres = lees_adres(request, {"verplaatst": None, "richting": (OMHOOG, OMLAAG)})
    if vergadering.is_gesloten:
        inhoud = {"vergadering": vergadering, "bladtitel": "Agenda maken"}
        return toon(request, "regietafel/gesloten.html", wie, inhoud, status=409)
    punten = list(
        vergadering.agendapunten.select_related("vervolg_op__vergadering", "vervolg__vergadering")
        .prefetch_related("bijlagen", "inleiding__organisatie")
        .order_by("volgorde")
    )
    return toon(
        request,
        "regietafel/agenda.html",
        wie,
        {
            "vergadering": vergadering,
            "punten": punten,
            "open": is_agenda_open(vergadering),
            "verplaatst": adres.get("verplaatst", ""),
            "richting": adres.get("richting", ""),
            "vaste_punten": vergadering.reeks_id is not None and vergadering.reeks.punten.exists(),  # type: ignore[union-attr]
            "paden": [LIJST, (vergadering.get_absolute_url(), str(vergadering))],
        },
    )


class Bijagenda(Bijvergadering):
    """A page about the agenda of one meeting."""

    def terug(self, uitkomst: Any = None) -> str:
        """The agenda to work at."""
        return reverse("vergadering_agenda", args=[self.vergadering.slug])

    def paden(self) -> list[tuple[str, str]]:
        """The list, the meeting, its agenda."""
        return [*super().paden(), (self.terug(), "Agenda maken")]

    def _keuzes(self) -> dict[str, Any]:
        """What a point of this meeting can be about, and who can open it."""
        tafel = self.vergadering.deelnames.values_list("organisatie", flat=True)
        te_doen = zichtbare_terugkoppelingen(self.wie).te_doen().values_list("besluit", flat=True)
        return {
            "aan_tafel": {sleutel for sleutel in tafel if sleutel is not None},
            "maatregelen": zichtbare_maatregelen(self.wie),
            "besluiten": van_eerder(zichtbare_besluiten(self.wie), self.vergadering),
            "open_besluiten": set(te_doen),
        }


class PuntNieuw(Bijagenda):
    """A new point."""

    sjabloon = "regietafel/punt_formulier.html"
    titel = "Agendapunt toevoegen"
    knop = "Voeg toe"

    def formulier(self, data: Any = None, bestanden: Any = None) -> Puntformulier:
        """An empty point."""
        return Puntformulier(data, over=Onderwerpen(), **self._keuzes())

    def bewaar(self, form: Any) -> Agendapunt:
        """Put it on the agenda."""
        return voeg_punt_toe(self.vergadering, form.velden(), over=form.over())

    def melding(self, uitkomst: Any) -> str:
        """Where it stands."""
        return f"Toegevoegd als punt {uitkomst.volgorde}."


class VastePunten(Bijagenda):
    """Put the standing points of the series on the agenda."""

    titel = "Vaste punten overnemen"
    knop = "Neem over"
    inleiding = "De vaste punten van de reeks die nog niet op de agenda staan, komen erbij."

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """Only the version."""
        return Alleenversie(self.vergadering.versie, data)

    def bewaar(self, form: Any) -> int:
        """Add what is missing."""
        return len(neem_vaste_punten_over(self.vergadering))

    def melding(self, uitkomst: Any) -> str:
        """How many."""
        return f"{uitkomst} vaste punten overgenomen." if uitkomst else "Alle vaste punten staan al op de agenda."


class Bijpunt(Bijagenda):
    """A page about one point."""

    punt: Agendapunt

    def zoek(self, **sleutels: Any) -> None:
        """The point, among those this person may see."""
        rijen = zichtbare_agendapunten(self.wie).select_related("vergadering__reeks", "vervolg_op__vergadering")
        self.punt = get_object_or_404(rijen, pk=sleutels["pk"])
        self.vergadering = self.punt.vergadering
        self.stuk = self.punt

    def verouderd(self, form: forms.BaseForm, fout: Verouderd) -> HttpResponse:
        """A point that was taken off meanwhile has no newer version to show."""
        if not Agendapunt.objects.filter(pk=self.punt.pk).exists():
            self.stuk = None
        return super().verouderd(form, fout)

    def inhoud(self) -> dict[str, Any]:
        """Which point this is."""
        return {**super().inhoud(), "over": f"{self.punt}, {self.vergadering}", "punt": self.punt}


class PuntWijzigen(Bijpunt):
    """What a point says and is about."""

    sjabloon = "regietafel/punt_formulier.html"
    titel = "Agendapunt wijzigen"

    def formulier(self, data: Any = None, bestanden: Any = None) -> Puntformulier:
        """The point; a copy, so that what is refused is never shown as what is."""
        return Puntformulier(data, instance=copy.copy(self.punt), over=onderwerpen_van(self.punt), **self._keuzes())

    def bewaar(self, form: Any) -> bool:
        """Write what differs."""
        return wijzig_punt(self.punt, form.velden(), versie=form.cleaned_data["versie"], over=form.over())

    def melding(self, uitkomst: Any) -> str:
        """Whether anything changed."""
        return self.gelukt if uitkomst else "Er was niets te wijzigen."


class PuntWeg(Bijpunt):
    """Take a point off the agenda."""

    titel = "Agendapunt van de agenda halen"
    knop = "Haal van de agenda"
    gelukt = "Het punt staat niet meer op de agenda; de volgende punten schoven op."
    inleiding = "De geschiedenis houdt dat het erop stond. Wilt u het later behandelen, schuif het dan door."

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """Only the version."""
        return Alleenversie(self.punt.versie, data)

    def bewaar(self, form: Any) -> None:
        """Take it off."""
        verwijder_punt(self.punt, versie=form.cleaned_data["versie"])


class PuntDoorschuiven(Bijpunt):
    """Carry a point over to a meeting that still comes; allowed for closed minutes too, which keep their own."""

    titel = "Agendapunt doorschuiven"
    knop = "Schuif door"
    inleiding = (
        "Het punt blijft hier staan. Bij de andere vergadering staat het met de reden en een verwijzing hierheen."
    )
    wijzigt_deze = False

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """The meetings that still come."""
        komend = zichtbare_vergaderingen(self.wie).exclude(staat__in=GEWEEST).exclude(pk=self.vergadering.pk)
        return Doorschuifformulier(komend.op_volgorde(), data)

    def bewaar(self, form: Any) -> Agendapunt:
        """Carry it over."""
        return schuif_door(self.punt, form.cleaned_data["naar"], reden=form.cleaned_data["reden"])

    def melding(self, uitkomst: Any) -> str:
        """Where it stands now."""
        return f"Doorgeschoven naar {uitkomst.vergadering}, als punt {uitkomst.volgorde}."

    def terug(self, uitkomst: Any = None) -> str:
        """The page of this meeting, at the point."""
        return self.punt.get_absolute_url()


@require_POST
def verplaats(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down; `stondOp` is the number that was on the button, so that pressing twice moves once."""
    wie = bevoegdheid(request)
    punt = get_object_or_404(zichtbare_agendapunten(wie).select_related("vergadering"), pk=pk)
    if not mag_vergaderingen_bijhouden(wie):
        raise PermissionDenied(WIE_TAFEL)
    richting, stond_op = request.POST.get("richting", ""), request.POST.get("stondOp", "")
    if richting not in (OMHOOG, OMLAAG) or not stond_op.isdecimal() or len(stond_op) > 9:
        raise Http404(richting)
    try:
        plek = verplaats_punt(punt, richting, stond_op=int(stond_op))
    except Verouderd:
        messages.warning(
            request, "De volgorde was intussen gewijzigd. Er is niets verplaatst; hieronder staat de nieuwe."
        )
    except ValidationError as fout:
        messages.error(request, " ".join(fout.messages))
    else:
        messages.success(request, f"'{punt.titel}' is nu punt {plek}.")
    pad = reverse("vergadering_agenda", args=[punt.vergadering.slug])
    # Without a fragment: a browser that is sent to one keeps the focus off the button that was pressed.
    return HttpResponseRedirect(f"{pad}?verplaatst={punt.pk}&richting={richting}")


class _Bestandsblad(Bijpunt):
    """A page that takes a file."""

    def _bestand(self, form: Any) -> dict[str, Any]:
        """The file and the name it came with. Raises ValidationError when it was let go because of its size."""
        if was_te_groot(self.request):
            raise ValidationError({"bestand": te_groot(hoogstens())})
        bestand = form.cleaned_data["bestand"]
        return {"bestand": bestand, "bestandsnaam": bestand.name} if bestand else {}

    def doe(self, form: Any) -> Any:
        """Keep it."""
        raise NotImplementedError

    def bewaar(self, form: Any) -> Any:
        """Keep it; what is refused of a file stands at the file."""
        try:
            return self.doe(form)
        except ValidationError as fout:
            if hasattr(fout, "error_dict"):
                raise
            raise ValidationError({"bestand": fout.messages}) from fout

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Keep it, or say what is wrong; a disk that is full is nobody's mistake."""
        try:
            return super().post(request, **kwargs)
        except Opslagfout as fout:
            form = self.formulier(request.POST, request.FILES or None)
            form.is_valid()
            form.add_error(None, str(fout))
            return self.toon(form, status=BEZET)

    def inhoud(self) -> dict[str, Any]:
        """That a file travels along."""
        return {**super().inhoud(), "met_bestand": True}


class BijlageNieuw(_Bestandsblad):
    """An annex of a point."""

    titel = "Bijlage toevoegen"
    knop = "Voeg toe"

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """A file and a name."""
        return Bijlageformulier(data, bestanden, hoogstens=hoogstens())

    def doe(self, form: Any) -> Bijlage:
        """Keep it with the point."""
        return voeg_bijlage_toe(self.punt, naam=form.cleaned_data["naam"], door=self.persoon, **self._bestand(form))

    def melding(self, uitkomst: Any) -> str:
        """Whether the file is there."""
        return f"'{uitkomst.naam}' is toegevoegd." if uitkomst.bestand else f"'{uitkomst.naam}' is aangekondigd."


class Bijbijlage(_Bestandsblad):
    """A page about one annex."""

    bijlage: Bijlage

    def zoek(self, **sleutels: Any) -> None:
        """The annex, among those this person may see."""
        rijen = zichtbare_bijlagen(self.wie).select_related("agendapunt__vergadering__reeks")
        self.bijlage = get_object_or_404(rijen, pk=sleutels["pk"])
        self.punt = self.bijlage.agendapunt
        self.vergadering = self.punt.vergadering
        self.stuk = self.bijlage

    def verouderd(self, form: forms.BaseForm, fout: Verouderd) -> HttpResponse:
        """An annex that was taken away meanwhile has no newer version to show."""
        if not Bijlage.objects.filter(pk=self.bijlage.pk).exists():
            self.stuk = None
        return super(Bijpunt, self).verouderd(form, fout)

    def inhoud(self) -> dict[str, Any]:
        """Which annex this is."""
        return {**super().inhoud(), "over": f"{self.bijlage}, bij {self.punt}", "bijlage": self.bijlage}


class BijlageWijzigen(Bijbijlage):
    """Another name, or another file in its place."""

    sjabloon = "regietafel/bijlage_formulier.html"
    titel = "Bijlage wijzigen"

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """The annex; a copy, so that what is refused is never shown as what is."""
        return Bijlageformulier(data, bestanden, instance=copy.copy(self.bijlage), hoogstens=hoogstens())

    def doe(self, form: Any) -> bool:
        """Write what differs."""
        return wijzig_bijlage(
            self.bijlage,
            naam=form.cleaned_data["naam"],
            versie=form.cleaned_data["versie"],
            door=self.persoon,
            **self._bestand(form),
        )


class BijlageWeg(Bijbijlage):
    """Take an annex away."""

    titel = "Bijlage verwijderen"
    knop = "Verwijder de bijlage"
    gelukt = "De bijlage is verwijderd."
    inleiding = "Ook het bestand wordt verwijderd. De geschiedenis houdt dat het er was."

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """Only the version."""
        return Alleenversie(self.bijlage.versie, data)

    def bewaar(self, form: Any) -> None:
        """Take it away."""
        verwijder_bijlage(self.bijlage, versie=form.cleaned_data["versie"])

    def inhoud(self) -> dict[str, Any]:
        """No file travels along."""
        return {**super().inhoud(), "met_bestand": False}


@require_safe
def bijlage(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file of an annex, to be kept and never shown by the browser as a page of ours; no cache shares it."""
    wie = bevoegdheid(request)
    rij = get_object_or_404(zichtbare_bijlagen(wie).exclude(bestand=""), pk=pk)
    try:
        bestand = plaats(rij).open("rb")
    except (OSError, ValueError):
        raise Http404("Het bestand van deze bijlage is er niet meer.") from None
    antwoord = FileResponse(bestand, as_attachment=True, filename=rij.bestandsnaam, content_type=rij.inhoudstype)
    antwoord["Cache-Control"] = "private, no-store"
    antwoord["X-Content-Type-Options"] = "nosniff"
    antwoord["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return antwoord
