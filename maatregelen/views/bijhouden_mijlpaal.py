"""Making and changing milestones: what must be ready, by when, and that it is."""

import copy
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404

from maatregelen.forms.mijlpaal import PLAATS_VAN_FOUT, TERMIJNVELDEN, Mijlpaalformulier
from maatregelen.forms.stand import Behaaldformulier, Heropenformulier
from maatregelen.mijlpaalvoering import heropen_mijlpaal, maak_mijlpaal, markeer_behaald
from maatregelen.models import Mijlpaal
from maatregelen.termijnbewaking import wijzig_mijlpaal
from maatregelen.termijninvoer import zin_gelezen
from maatregelen.versiebewaking import Tussenstand
from maatregelen.views.bijhouden_maatregel import Bijmaatregel
from maatregelen.zichtbaarheid import zichtbare_mijlpalen


def _op_zijn_plaats(fout: ValidationError) -> ValidationError:
    """What a matter module refused, at the fields as the form has them."""
    if not hasattr(fout, "error_dict"):
        return fout
    return ValidationError({PLAATS_VAN_FOUT.get(veld, veld): fouten for veld, fouten in fout.error_dict.items()})


class Mijlpaalblad(Bijmaatregel):
    """A page with the form of a milestone; the words can be read first, without keeping anything."""

    sjabloon = "maatregelen/bijhouden/mijlpaal.html"
    mijlpaal: Mijlpaal | None = None

    def formulier(
        self, data: Any = None, bestanden: Any = None, *, getypt: dict[str, Any] | None = None
    ) -> Mijlpaalformulier:
        """The milestone, of a copy, so that what is refused is never shown as what is.

        `getypt`: as filled in and not judged yet.
        """
        return Mijlpaalformulier(data, instance=copy.copy(self.mijlpaal), maatregel=self.maatregel, initial=getypt)

    def doe(self, form: Mijlpaalformulier) -> Any:
        """Keep it."""
        raise NotImplementedError

    def bewaar(self, form: Any) -> Any:
        """Keep it, with what is refused at the fields of this form."""
        try:
            return self.doe(form)
        except ValidationError as fout:
            raise _op_zijn_plaats(fout) from fout

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Keep it; or only read the words, with everything that was typed as it was."""
        if "lees" not in request.POST:
            return super().post(request, **kwargs)
        leeg = dict.fromkeys(self.formulier().fields, "")
        return self.toon(self.formulier(getypt={**leeg, **request.POST.dict()}))


class MijlpaalNieuw(Mijlpaalblad):
    """A new milestone."""

    titel = "Mijlpaal toevoegen"
    knop = "Voeg toe"
    inleiding = (
        "Schrijf de termijn zoals die is afgesproken; wat dat betekent staat eronder. Vage woorden blijven vaag en "
        "worden nooit 'te laat'."
    )

    def doe(self, form: Mijlpaalformulier) -> Mijlpaal:
        """Make it."""
        return maak_mijlpaal(self.maatregel, form.velden(), door=self.persoon)

    def melding(self, uitkomst: Any) -> str:
        """How its words were read."""
        return f"De mijlpaal is toegevoegd. Termijn gelezen als: {zin_gelezen(uitkomst)}."


class Bijmijlpaal(Bijmaatregel):
    """A page about one milestone."""

    mijlpaal: Mijlpaal

    def zoek(self, **sleutels: Any) -> None:
        """The milestone, and its measure."""
        rijen = zichtbare_mijlpalen(self.wie).select_related("maatregel__pijler__agenda", "behaald_door", "na_mijlpaal")
        self.mijlpaal = get_object_or_404(rijen, pk=sleutels["pk"])
        self.maatregel = self.mijlpaal.maatregel
        self.stuk = self.mijlpaal


class MijlpaalWijzigen(Bijmijlpaal, Mijlpaalblad):  # type: ignore[misc]  # here there always is one
    """What a milestone says."""

    titel = "Mijlpaal wijzigen"

    def doe(self, form: Mijlpaalformulier) -> list[str]:
        """Write what differs."""
        return wijzig_mijlpaal(
            self.mijlpaal,
            form.velden(),
            reden=form.cleaned_data["reden"],
            is_herstel=form.cleaned_data["is_herstel"],
            door=self.persoon,
            versie=form.cleaned_data["versie"],
        )

    def melding(self, uitkomst: Any) -> str:
        """Whether anything changed, and how new words were read."""
        if not uitkomst:
            return "Er was niets te wijzigen."
        if {"termijn_tekst", "begin", "einde"} & set(uitkomst):
            return f"Opgeslagen. Termijn gelezen als: {zin_gelezen(self.mijlpaal)}."
        return self.gelukt

    def samengevoegd(self, form: forms.BaseForm, stand: Tussenstand) -> QueryDict:
        """What was typed on the new version; who left the termijn alone takes all of the other person's termijn."""
        nieuw = super().samengevoegd(form, stand)
        toen = copy.copy(self.mijlpaal)
        for verschil in stand.verschillen:
            veld: Any = toen._meta.get_field(verschil.veld)
            setattr(toen, veld.attname, verschil.oud)
        getypt = Mijlpaalformulier(self.request.POST, instance=toen, maatregel=self.maatregel)
        if any(naam in getypt.changed_data for naam in TERMIJNVELDEN):
            return nieuw
        nu = Mijlpaalformulier(instance=copy.copy(self.mijlpaal), maatregel=self.maatregel)
        for naam in TERMIJNVELDEN:
            waarde = nu[naam].value()
            nieuw[naam] = "" if waarde is None else str(waarde)
        return nieuw


class MijlpaalBehaald(Bijmijlpaal):
    """Mark as reached, with the evidence; or take that back."""

    sjabloon = "maatregelen/bijhouden/mijlpaal_behaald.html"
    titel = "Mijlpaal behaald"
    knop = "Leg vast"
    gelukt = "De mijlpaal is behaald."

    def formulier(self, data: Any = None, bestanden: Any = None) -> forms.BaseForm:
        """Day and evidence, or only the version where it is taken back."""
        if data is not None and data.get("heropen"):
            return Heropenformulier(self.mijlpaal, data)
        return Behaaldformulier(self.mijlpaal, data)

    def bewaar(self, form: Any) -> bool:
        """Whether it is reached now."""
        versie = form.cleaned_data["versie"]
        if isinstance(form, Heropenformulier):
            heropen_mijlpaal(self.mijlpaal, door=self.persoon, versie=versie)
            return False
        gegevens = form.cleaned_data
        markeer_behaald(self.mijlpaal, op=gegevens["op"], bewijs=gegevens["bewijs"], door=self.persoon, versie=versie)
        return True

    def melding(self, uitkomst: Any) -> str:
        """Which of the two it was."""
        return self.gelukt if uitkomst else "De mijlpaal staat weer open. De geschiedenis houdt wat er eerder stond."

    def inhoud(self) -> dict[str, Any]:
        """Which milestone this is, and the button to take it back."""
        return {
            **super().inhoud(),
            "mijlpaal": self.mijlpaal,
            "heropenen": Heropenformulier(self.mijlpaal) if self.mijlpaal.behaald_op else None,
        }

    def toon(self, form: forms.BaseForm, *, status: int = 200, stand: Any = None) -> HttpResponse:
        """A form that only takes back shows nothing to fill in: then the other one stands there with its message."""
        if isinstance(form, Heropenformulier):
            gewoon = Behaaldformulier(self.mijlpaal)
            gewoon.fouten_elders = form.non_field_errors()  # type: ignore[attr-defined]
            form = gewoon
        return super().toon(form, status=status, stand=stand)
