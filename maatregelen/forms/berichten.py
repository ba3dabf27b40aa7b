"""How one wants mail, who stands in, and which deadline may rest."""

import datetime
from typing import Any

from django import forms

from maatregelen.berichtvoorkeuren import LENGTE_REDEN
from maatregelen.forms.grondslag import Datumveld, Invoer, Versieveld
from maatregelen.models import Berichtvoorkeur, Bezorging, Mijlpaal, Persoon, Uitstel
from maatregelen.zichtbaarheid import kijkers

# What each choice means for the one who makes it; the days on which overviews go out are said beside the form.
UITLEG = {
    Bezorging.DIRECT: "Meteen: per maatregel een eigen bericht",
    Bezorging.DAG: "Eén overzicht per werkdag",
    Bezorging.WEEK: "Eén overzicht per week, op de eerste werkdag",
    Bezorging.GEEN: "Geen mail: u ziet het alleen op Mijn account",
}


class Persoonveld(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A person, by function; the address tells two of the same function apart."""

    def __init__(self, **opties: Any) -> None:
        opties.setdefault("empty_label", "Kies een persoon")
        super().__init__(queryset=Persoon.objects.none(), **opties)
        self.error_messages["invalid_choice"] = "Deze persoon kan hier niet gekozen worden."

    def label_from_instance(self, obj: Persoon) -> str:
        """Dossierhouder SZW (dossier.szw@voorbeeld.nl)."""
        return f"{obj.functie} ({obj.email})"


class Voorkeurformulier(Invoer):
    """How mail comes: about one's own measures, and about what one follows."""

    eigen = forms.ChoiceField(
        label="Over de maatregelen van uw organisatie",
        help_text="Deze herinneringen kunnen niet uit: een termijn mag niet ongezien voorbijgaan.",
        widget=forms.RadioSelect,
        choices=[(keuze.value, zin) for keuze, zin in UITLEG.items() if keuze != Bezorging.GEEN],
        error_messages={"required": "Kies hoe u de mail wilt.", "invalid_choice": "Kies een van de drie."},
    )
    gevolgd = forms.ChoiceField(
        label="Over wat u volgt",
        help_text="Maatregelen en selecties die u zelf bent gaan volgen.",
        widget=forms.RadioSelect,
        choices=[(keuze.value, zin) for keuze, zin in UITLEG.items()],
        error_messages={"required": "Kies hoe u de mail wilt.", "invalid_choice": "Kies een van de vier."},
    )
    versie = Versieveld()

    def __init__(self, voorkeur: Berichtvoorkeur, data: Any = None) -> None:
        nu = {"eigen": voorkeur.eigen, "gevolgd": voorkeur.gevolgd, "versie": voorkeur.versie}
        super().__init__(data, auto_id="voorkeur-%s", initial=nu)


class Vervangingformulier(Invoer):
    """Who gets one's mail, from which day up to and including which day."""

    van = Datumveld(
        label="Van", help_text="Eerste dag van uw afwezigheid.", error_messages={"required": "Kies de eerste dag."}
    )
    tot_en_met = Datumveld(
        label="Tot en met", help_text="Laatste dag.", error_messages={"required": "Kies de laatste dag."}
    )
    vervanger = Persoonveld(
        label="Wie vervangt u?",
        help_text="Iemand die hier een rol heeft.",
        error_messages={"required": "Kies wie u vervangt."},
    )

    def __init__(self, ik: Persoon, vandaag: datetime.date, data: Any = None) -> None:
        super().__init__(data, auto_id="vervanging-%s")
        veld: Any = self.fields["vervanger"]
        veld.queryset = kijkers(vandaag).exclude(pk=ik.pk)


class Uitstelformulier(Invoer):
    """Until when one's own reminders of a termijn rest, and why."""

    tot = Datumveld(
        label="Tot",
        help_text="Vanaf deze dag krijgt u weer herinneringen.",
        error_messages={"required": "Kies tot welke dag."},
    )
    reden = forms.CharField(
        label="Reden",
        help_text="Eén zin. Anderen zien dit bij de maatregel.",
        max_length=LENGTE_REDEN,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": "Schrijf in een zin waarom; anderen zien dit bij de maatregel.",
            "max_length": f"Houd de reden onder {LENGTE_REDEN} tekens.",
        },
    )

    def __init__(self, mijlpaal: Mijlpaal, nu: Uitstel | None, data: Any = None) -> None:
        super().__init__(data, initial={"tot": nu.tot, "reden": nu.reden} if nu else {})
