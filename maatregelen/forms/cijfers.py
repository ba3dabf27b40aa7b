"""Figures: what is measured, what was found, what is aimed at."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from maatregelen.forms.grondslag import EERDER, Stukformulier, spreek_gewoon, veld_voor
from maatregelen.models import Agenda, Doelwaarde, Indicator, Meting


class Indicatorformulier(Stukformulier):
    class Meta:
        model = Indicator
        fields = ("naam", "eenheid", "omschrijving")
        formfield_callback = veld_voor

    def clean_naam(self) -> str:
        """A name that no other indicator has."""
        naam = str(self.cleaned_data["naam"])
        if Indicator.objects.filter(naam=naam).exclude(pk=self.instance.pk or 0).exists():
            raise forms.ValidationError("Er is al een indicator met deze naam.")
        return naam


class Metingformulier(Stukformulier):
    class Meta:
        model = Meting
        fields = (
            "waarde", "waarde_tot", "waarde_tekst", "kwalificatie", "vorige", "periode", "peildatum", "bron", "agenda",
        )  # fmt: skip
        formfield_callback = veld_voor
        localized_fields = ("waarde", "waarde_tot")

    def __init__(self, *args: Any, agendas: QuerySet[Agenda], **kwargs: Any) -> None:
        """`agendas`: those that the person may see."""
        super().__init__(*args, **kwargs)
        agenda: Any = self.fields["agenda"]
        agenda.queryset = agendas
        agenda.empty_label = "geen agenda"

    def clean(self) -> dict[str, Any]:
        """A figure or a word, a range that runs upwards, and a day that has come."""
        gegevens = super().clean() or self.cleaned_data
        waarde, tot = gegevens.get("waarde"), gegevens.get("waarde_tot")
        if "waarde" not in self.errors and "waarde_tot" not in self.errors:
            if waarde is None and not gegevens.get("waarde_tekst", "").strip():
                self.fout("waarde", "Vul het cijfer in, of de waarde in woorden. Geen cijfer is geen nul.")
            if tot is not None and waarde is None:
                self.fout("waarde", "Vul ook de ondergrens in.")
            elif tot is not None and waarde is not None and tot < waarde:
                self.fout("waarde_tot", "De bovengrens kan niet onder de waarde liggen.")
        peildatum = gegevens.get("peildatum")
        if peildatum is not None and peildatum > timezone.localdate():
            self.fout("peildatum", EERDER)
        return gegevens


class Doelwaardeformulier(forms.ModelForm):  # type: ignore[type-arg]
    """A target is a decision: a new one is added, an earlier one never changes."""

    class Meta:
        model = Doelwaarde
        fields = ("waarde", "geldig_vanaf", "periode", "reden")
        formfield_callback = veld_voor
        localized_fields = ("waarde",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        spreek_gewoon(self.fields.values())
        self.fields["reden"].error_messages["required"] = "Noem het besluit of de overweging."

    def velden(self) -> dict[str, Any]:
        """The model fields as filled in."""
        return {naam: self.cleaned_data[naam] for naam in self._meta.fields or ()}
