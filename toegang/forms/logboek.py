"""What is looked for in the log."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from logboek.lezen import VERANDERINGEN, Vraag, soorten
from logboek.models import Actie, Oorsprong, Resultaat
from maatregelen.forms.grondslag import Datumveld

ALLES = [("", "alles")]
# Kinds that only lines of the log have.
LOGSOORTEN = [
    ("api", "API"),
    ("keten", "keten van controlegetallen"),
    ("logboek", "logboek"),
    ("stuk_bestand", "bestand van een stuk"),
    ("stukkenbundel_zip", "bundel van stukken"),
    ("vergadering_ics", "vergadering als agendabestand"),
    ("zegel", "zegel"),
]


def soortwoord(soort: str) -> str:
    """A kind of object as readers know it; one that is on neither list as it is written down."""
    return dict([*soorten(), *LOGSOORTEN]).get(soort, soort.replace("_", " "))


class Logboekvraag(forms.Form):
    """The search of the log; everything optional."""

    van = Datumveld(label="Vanaf", required=False, help_text="Eerste dag, zoals 2026-03-19.")
    tot = Datumveld(label="Tot en met", required=False)
    wie = forms.CharField(label="Wie", required=False, max_length=100, help_text="Deel van naam of e-mailadres.")
    actie = forms.ChoiceField(label="Wat", required=False)
    soort = forms.ChoiceField(label="Soort object", required=False)
    object = forms.CharField(
        label="Object", required=False, max_length=120, help_text="Code, nummer of deel van de naam."
    )
    resultaat = forms.ChoiceField(label="Resultaat", required=False, choices=[*ALLES, *Resultaat.choices])
    oorsprong = forms.ChoiceField(label="Waarvandaan", required=False, choices=[*ALLES, *Oorsprong.choices])

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        acties = sorted(Actie.choices, key=lambda keuze: (keuze[0] not in VERANDERINGEN, str(keuze[1])))
        self.fields["actie"].choices = [*ALLES, *acties]  # type: ignore[attr-defined]
        self.fields["soort"].choices = [  # type: ignore[attr-defined]
            *ALLES,
            *sorted([*soorten(), *LOGSOORTEN], key=lambda keuze: keuze[1].lower()),
        ]

    def clean(self) -> dict[str, Any]:
        """A period runs forward."""
        gegevens: dict[str, Any] = super().clean() or {}
        if gegevens.get("van") and gegevens.get("tot") and gegevens["van"] > gegevens["tot"]:
            self.add_error("tot", "De laatste dag ligt voor de eerste.")
        return gegevens

    def vraag(self) -> Vraag:
        """The question; the last day is in it, up to midnight here."""
        schoon = self.cleaned_data
        van, tot = schoon["van"], schoon["tot"]
        return Vraag(
            van=_begin(van) if van else None,
            tot=_begin(tot + datetime.timedelta(days=1)) if tot else None,
            **{naam: schoon[naam] for naam in ("wie", "actie", "soort", "object", "resultaat", "oorsprong")},
        )


def _begin(dag: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(dag, datetime.time.min))
