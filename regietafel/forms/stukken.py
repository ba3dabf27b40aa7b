"""Asking for a paper: which kind, about what, in which formats, of which moment."""

import uuid
from typing import Any

from django import forms
from django.utils import timezone

from maatregelen.forms.grondslag import Invoer
from maatregelen.models import Organisatie, Thema
from maatregelen.tijdreis import SLEUTELS, Tijdfout, lees_tijdstip
from maatregelen.zichtbaarheid import Bevoegdheid, zichtbare_organisaties, zichtbare_themas
from regietafel.models import Formaat, Stuksoort
from regietafel.stukken.onderwerpen import benoem
from regietafel.stukken.zicht import NietTeZien

OPEN_ACTIES = "acties"
# The keys by which a button of a page says what the paper is about.
ONDERWERPEN = ("maatregel", "agenda", "pijler", "thema", "vergadering", "organisatie")


class Stukvraag(forms.Form):
    """What a button asks. Everything is checked, also what a page filled in itself."""

    soort = forms.ChoiceField(choices=[(soort.value, soort.label) for soort in Stuksoort])
    formaat = forms.MultipleChoiceField(choices=Formaat.choices, error_messages={"required": "Kies een vorm."})

    def __init__(self, wie: Bevoegdheid, data: Any) -> None:
        """`wie` asks."""
        super().__init__(data)
        self.wie = wie
        for sleutel in ONDERWERPEN:
            self.fields[sleutel] = forms.CharField(required=False, max_length=120)

    def clean(self) -> dict[str, Any]:
        """The subject as the paper names it, its title, and the moment of the data."""
        gegevens: dict[str, Any] = super().clean() or self.cleaned_data
        onderwerp = {sleutel: gegevens[sleutel] for sleutel in ONDERWERPEN if gegevens.get(sleutel)}
        try:
            gegevens["titel"] = benoem(gegevens.get("soort", ""), onderwerp, self.wie)
        except NietTeZien:
            raise forms.ValidationError("Zo'n stuk is er niet, of u kunt niet zien waar het over gaat.") from None
        gegevens["onderwerp"] = onderwerp
        try:
            tijdstip = lees_tijdstip({naam: self.data.get(naam, "") for naam in SLEUTELS}, nu=timezone.now())
        except Tijdfout as fout:
            raise forms.ValidationError(str(fout)) from None
        gegevens["peildatum"] = tijdstip.peildatum if tijdstip else None
        gegevens["gezien_op"] = tijdstip.gezien_op if tijdstip else None
        return gegevens

    def vraag(self) -> dict[str, Any]:
        """What is asked; only after validation."""
        velden = ("soort", "onderwerp", "titel", "peildatum", "gezien_op")
        return {**{naam: self.cleaned_data[naam] for naam in velden}, "formaten": self.cleaned_data["formaat"]}


class Stukkeuze(Invoer):
    """What has no page of its own to ask it from: a theme, the open actions of everybody or of one organisation."""

    over = forms.ChoiceField(label="Waarover?", error_messages={"required": "Kies waarover het stuk gaat."})
    formaat = forms.ChoiceField(label="Vorm", choices=Formaat.choices, initial=Formaat.PDF.value)

    def __init__(self, wie: Bevoegdheid, data: Any = None) -> None:
        """`wie` asks; two queries."""
        super().__init__(data)
        themas: list[Thema] = list(zichtbare_themas(wie).order_by("titel", "pk"))
        organisaties: list[Organisatie] = list(zichtbare_organisaties(wie).echt().geldig(wie.vandaag))
        veld: Any = self.fields["over"]
        veld.choices = [
            ("Actielijst", [(OPEN_ACTIES, "Alle openstaande acties")]),
            ("Onepager van een thema", [(f"thema:{rij.slug}", rij.titel) for rij in themas]),
            ("Actielijst van een organisatie", [(f"organisatie:{rij.slug}", str(rij)) for rij in organisaties]),
        ]

    def als_vraag(self) -> dict[str, Any]:
        """The same as a button of a page would send; only after validation."""
        soort, _, sleutel = self.cleaned_data["over"].partition(":")
        uit = {"soort": Stuksoort.ACTIELIJST.value, "formaat": [self.cleaned_data["formaat"]]}
        if soort == "thema":
            uit["soort"] = Stuksoort.ONEPAGER.value
        return {**uit, **({soort: sleutel} if sleutel else {})}


class Bundelvraag(forms.Form):
    """All papers of a meeting at once: in which formats."""

    formaat = forms.MultipleChoiceField(choices=Formaat.choices, error_messages={"required": "Kies minstens één vorm."})


class Herhaalvraag(forms.Form):
    """The same paper once more: in which format."""

    formaat = forms.ChoiceField(choices=Formaat.choices)


def nieuwe_bundel() -> uuid.UUID:
    """A name for papers that are asked for together."""
    return uuid.uuid4()
