"""Who may see something, how far it was adopted, and how this installation publishes."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms

from maatregelen.forms.betrokken import organisatieveld
from maatregelen.forms.grondslag import Datumveld, Invoer, Versieveld
from maatregelen.models import (
    INTERNE_VELDEN,
    Afgeschermd,
    Agenda,
    Maatregel,
    Organisatie,
    Publicatie,
    Publicatiebeleid,
    Zichtniveau,
)
from maatregelen.publicatie import STAPPEN, ZONE, gehelen, moment_hier, voor_wie

NIVEAUS = {
    Zichtniveau.EIGEN: "Alleen de eigen organisatie",
    Zichtniveau.RIJK: "Het Rijk: ministeries en hun diensten",
    Zichtniveau.REGIETAFEL: "De regietafel: Rijk en partners",
    Zichtniveau.OPENBAAR: "Iedereen, ook zonder in te loggen",
}
DADEN = {
    Publicatie.VOORGELEGD: "Voorleggen ter vaststelling",
    Publicatie.VASTGESTELD: "Vaststellen",
    Publicatie.CONCEPT: "Terug naar concept",
}


class Tijdveld(forms.TimeField):
    """A time of day, as the browser's own field."""

    def __init__(self, **opties: Any) -> None:
        opties.setdefault("widget", forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
        super().__init__(**opties)
        self.error_messages["invalid"] = "Schrijf uur en minuut, zoals 09:00."


class Embargovelden(Invoer):
    """A day and a time in the Netherlands until which only the own organisation sees it; `embargo_tot` of both."""

    embargo_dag = Datumveld(required=False, label="Embargo tot: dag", help_text="Leeg: geen embargo.")
    embargo_tijd = Tijdveld(required=False, label="Embargo tot: tijd", help_text="Nederlandse tijd.")

    @staticmethod
    def begin(embargo: datetime.datetime | None) -> dict[str, Any]:
        """What the fields hold for that moment."""
        if embargo is None:
            return {}
        hier = embargo.astimezone(ZONE)
        return {"embargo_dag": hier.date(), "embargo_tijd": hier.time()}

    def lees_embargo(self, *, bewaard: datetime.datetime | None, moment: datetime.datetime) -> None:
        """Put `embargo_tot` among what was filled in. One that was kept and is over meanwhile counts as none."""
        gegevens = self.cleaned_data
        dag, tijd = gegevens.get("embargo_dag"), gegevens.get("embargo_tijd")
        gegevens["embargo_tot"] = None
        if "embargo_dag" in self.errors or "embargo_tijd" in self.errors or (dag is None and tijd is None):
            return
        if dag is None or tijd is None:
            leeg = "embargo_dag" if dag is None else "embargo_tijd"
            self.add_error(leeg, "Vul bij een embargo de dag en de tijd in, of laat beide leeg.")
            return
        try:
            embargo = moment_hier(dag, tijd)
        except forms.ValidationError as fout:
            self.add_error("embargo_tijd", fout)
            return
        gegevens["embargo_tot"] = None if embargo == bewaard and embargo <= moment else embargo


class Zichtformulier(Embargovelden):
    """Who may see one record. A part can only be for fewer people than its whole."""

    zichtbaarheid = forms.TypedChoiceField(
        required=False, label="Wie mag dit zien?", widget=forms.RadioSelect, coerce=int, empty_value=None
    )
    afgeschermd_voor = organisatieveld(
        required=False,
        label="Eigen organisatie",
        help_text="Wie het ziet bij 'alleen de eigen organisatie' en tijdens een embargo.",
    )
    interne_velden = forms.MultipleChoiceField(
        required=False,
        choices=[(naam, label[0].upper() + label[1:]) for naam, label in INTERNE_VELDEN],
        widget=forms.CheckboxSelectMultiple,
        label="Alleen voor het Rijk",
        help_text="Partners en publiek zien deze onderdelen niet, ook als zij de maatregel wel zien.",
    )
    versie = Versieveld()
    field_order = ("zichtbaarheid", "afgeschermd_voor", "embargo_dag", "embargo_tijd", "interne_velden", "versie")

    def __init__(
        self, stuk: Any, moment: datetime.datetime, data: Any = None, *, organisaties: Iterable[int] | None
    ) -> None:
        """`organisaties` are those this person may name; None: all that have people."""
        super().__init__(
            data,
            initial={
                "zichtbaarheid": stuk.zichtbaarheid if stuk.zichtbaarheid is not None else "",
                "afgeschermd_voor": stuk.afgeschermd_voor_id,
                "interne_velden": getattr(stuk, "interne_velden", []),
                "versie": stuk.versie,
                **self.begin(stuk.embargo_tot),
            },
        )
        self.stuk, self.moment = stuk, moment
        boven = gehelen(stuk)
        keuze: Any = self.fields["zichtbaarheid"]
        keuze.choices = _niveaus(boven)
        keuze.required = not boven
        if hasattr(stuk, "publicatie") and stuk.publicatie != Publicatie.VASTGESTELD:
            keuze.help_text = f"Dit is nog {stuk.get_publicatie_display()}: voor iedereen is het pas na vaststellen."
        voor: Any = self.fields["afgeschermd_voor"]
        rijen = Organisatie.objects.echt()
        if organisaties is not None:
            rijen = rijen.filter(pk__in={*organisaties, stuk.afgeschermd_voor_id} - {None})
        voor.queryset = rijen
        voor.empty_label = _zonder_naam(stuk)
        if not isinstance(stuk, Maatregel):
            del self.fields["interne_velden"]

    def clean(self) -> dict[str, Any]:
        """The embargo as one moment."""
        gegevens = super().clean() or self.cleaned_data
        self.lees_embargo(bewaard=self.stuk.embargo_tot, moment=self.moment)
        return gegevens


def _niveaus(boven: list[Afgeschermd]) -> list[tuple[Any, str]]:
    """What can be chosen, the widest first; for a part what its whole leaves."""
    hoogstens = min((geheel.zicht for geheel in boven), default=Zichtniveau.OPENBAAR)
    keuzes: list[tuple[Any, str]] = [
        (niveau.value, woorden) for niveau, woorden in reversed(NIVEAUS.items()) if niveau <= hoogstens
    ]
    if boven:
        nauwst = min(boven, key=lambda geheel: geheel.zicht)
        keuzes.insert(0, ("", f"Zoals {nauwst._meta.verbose_name} '{nauwst}': nu {voor_wie(nauwst.niveau)}"))
    return keuzes


def _zonder_naam(stuk: Any) -> str:
    """Who it is when no organisation is named."""
    boven = gehelen(stuk)
    if boven:
        return "zoals bij het geheel"
    houder = getattr(stuk, "houder", None)
    return f"{houder.afkorting}, die dit bijhoudt" if houder else "alleen het LRT-secretariaat"


class Publicatieformulier(Invoer):
    """The next step of publishing."""

    naar = forms.ChoiceField(label="Wat wilt u doen?", widget=forms.RadioSelect)
    toelichting = forms.CharField(
        required=False,
        max_length=250,
        label="Toelichting",
        help_text="Waarom, of waarmee. Bij terug naar concept verplicht; iedereen die dit ziet kan het lezen.",
    )
    versie = Versieveld()

    def __init__(self, stuk: Agenda | Maatregel, data: Any = None) -> None:
        super().__init__(data, initial={"versie": stuk.versie})
        veld: Any = self.fields["naar"]
        veld.choices = [(stap.value, DADEN[stap]) for stap in STAPPEN[Publicatie(stuk.publicatie)]]
        veld.error_messages["invalid_choice"] = "Deze stap kan nu niet meer. Kies opnieuw."
        if len(veld.choices) == 1:
            self.initial["naar"] = veld.choices[0][0]


class Beleidformulier(Invoer):
    """How this installation publishes."""

    is_openbaar = forms.BooleanField(
        required=False,
        label="Er is een openbaar deel",
        help_text="Wie niet is ingelogd ziet wat openbaar en vastgesteld is. Uit: dan ziet die niets.",
    )
    vier_ogen = forms.BooleanField(
        required=False,
        label="Vier ogen bij vaststellen",
        help_text="Wie een agenda of maatregel voorlegt, kan die niet zelf vaststellen.",
    )

    def __init__(self, beleid: Publicatiebeleid, data: Any = None) -> None:
        super().__init__(data, initial={"is_openbaar": beleid.is_openbaar, "vier_ogen": beleid.vier_ogen})
