"""A point of an agenda: what it is about, its annexes, and its way to another meeting."""

from collections.abc import Collection, Iterable
from functools import partial
from typing import Any

from django import forms
from django.db.models import QuerySet

from maatregelen.forms.betrokken import Organisatieveld, met_ministeries_voorop
from maatregelen.forms.grondslag import Invoer, Regelsveld, Stukformulier, Versieveld, veld_voor
from maatregelen.models import Indicator, Maatregel, Organisatie
from maatregelen.models.maatregel import MaatregelQuerySet
from regietafel.agendering import LENGTE_REDEN, Onderwerpen
from regietafel.bestandscontrole import SOORTEN, TOEGESTAAN
from regietafel.models import Agendapunt, Besluit, Bijlage, Vergadering

LENGTE_CODE = 40
LENGTE_BESLUITCODE = 60


class Puntformulier(Stukformulier):
    inleiders = forms.ModelMultipleChoiceField(
        queryset=Organisatie.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Inleiders",
        help_text="Wie het punt inleidt. Hier staan de organisaties aan deze tafel.",
        error_messages={"invalid_choice": "Deze organisatie kan hier niet gekozen worden."},
    )
    ook = Organisatieveld(
        queryset=Organisatie.objects.none(),
        required=False,
        label="Ook ingeleid door",
        help_text="Een organisatie die niet aan tafel zit.",
        error_messages={"invalid_choice": "Deze organisatie kan hier niet gekozen worden."},
    )
    codes = Regelsveld(
        lengte=LENGTE_CODE,
        required=False,
        label="Maatregelen",
        help_text="Codes van de maatregelen waar het over gaat, één per regel, zoals 2024-2-03.",
    )
    indicatoren = forms.ModelMultipleChoiceField(
        queryset=Indicator.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Cijfers",
        error_messages={"invalid_choice": "Dit cijfer kan hier niet gekozen worden."},
    )

    besluiten = forms.ModelMultipleChoiceField(
        queryset=Besluit.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Eerdere besluiten",
        help_text="Hier staan wat u al koos, en de besluiten die nog niet zijn teruggekoppeld.",
        error_messages={"invalid_choice": "Dit besluit kan hier niet gekozen worden."},
    )
    besluitcodes = Regelsveld(
        lengte=LENGTE_BESLUITCODE,
        required=False,
        label="Andere eerdere besluiten",
        help_text="Codes, één per regel, zoals lrt-2025-03-19-b03. De code staat bij het besluit.",
    )

    class Meta:
        model = Agendapunt
        fields = ("titel", "doel", "duur_minuten", "toelichting")
        formfield_callback = veld_voor

    def __init__(
        self,
        *args: Any,
        aan_tafel: Iterable[int],
        maatregelen: MaatregelQuerySet,
        besluiten: QuerySet[Besluit],
        open_besluiten: Collection[int],
        over: Onderwerpen,
        **kwargs: Any,
    ) -> None:
        """`aan_tafel`: ids of the organisations at the meeting; `over`: what the point is about now; `besluiten`: of
        earlier meetings, with the ids of those of which the table still has to hear.
        """
        super().__init__(*args, **kwargs)
        self.zichtbare_maatregelen, self.zichtbare_besluiten = maatregelen, besluiten
        nu = [organisatie.pk for organisatie in over.inleiders or ()]
        inleiders: Any = self.fields["inleiders"]
        inleiders.queryset = Organisatie.objects.filter(pk__in={*aan_tafel, *nu})
        if not inleiders.queryset.exists():
            del self.fields["inleiders"]
        ook: Any = self.fields["ook"]
        ook.queryset = Organisatie.objects.echt()
        ook.choices = partial(_zonder, ook)
        indicatoren: Any = self.fields["indicatoren"]
        indicatoren.queryset = Indicator.objects.all()
        besloten = [besluit.pk for besluit in over.besluiten or ()]
        keuze: Any = self.fields["besluiten"]
        keuze.queryset = (
            besluiten.filter(pk__in={*open_besluiten, *besloten})
            .select_related("agendapunt__vergadering")
            .order_by("-agendapunt__vergadering__datum", "code")
        )
        keuze.label_from_instance = _besluitregel
        if not keuze.queryset.exists():
            del self.fields["besluiten"]
        self.initial.update(
            inleiders=nu,
            besluiten=besloten,
            codes=[maatregel.code for maatregel in over.maatregelen or ()],
            indicatoren=[indicator.pk for indicator in over.indicatoren or ()],
        )
        self.fields["toelichting"].help_text = "Wat de tafel vooraf moet weten; komt op de geannoteerde agenda."

    def is_cijfers_open(self) -> bool:
        """Whether figures were chosen, or something is wrong there."""
        return bool(self["indicatoren"].value() or self["indicatoren"].errors)

    def is_besluiten_open(self) -> bool:
        """Whether decisions were chosen, or something is wrong there."""
        velden = [self[naam] for naam in ("besluiten", "besluitcodes") if naam in self.fields]
        return any(veld.value() or veld.errors for veld in velden)

    def clean_besluitcodes(self) -> list[Besluit]:
        """The decisions with these codes, among those of earlier meetings that the person may see."""
        codes = list(dict.fromkeys(deel for regel in self.cleaned_data["besluitcodes"] for deel in regel.split()))
        gevonden = {rij.code: rij for rij in self.zichtbare_besluiten.filter(code__in=codes)} if codes else {}
        if onbekend := [code for code in codes if code not in gevonden]:
            raise forms.ValidationError(
                f"Er is geen besluit van een eerdere vergadering met code {', '.join(onbekend)}. "
                "Een code ziet eruit als lrt-2025-03-19-b03."
            )
        return [gevonden[code] for code in codes]

    def clean_codes(self) -> list[Maatregel]:
        """The measures with these codes, among those the person may see, in the order in which they were typed."""
        codes = list(dict.fromkeys(deel for regel in self.cleaned_data["codes"] for deel in regel.split()))
        gevonden = {rij.code: rij for rij in self.zichtbare_maatregelen.filter(code__in=codes)} if codes else {}
        if onbekend := [code for code in codes if code not in gevonden]:
            raise forms.ValidationError(
                f"Er is geen maatregel met code {', '.join(onbekend)}. Een code ziet eruit als 2024-2-03."
            )
        return [gevonden[code] for code in codes]

    def over(self) -> Onderwerpen:
        """Who opens it and what it is about, as filled in."""
        inleiders = list(self.cleaned_data.get("inleiders") or ())
        ook = self.cleaned_data.get("ook")
        return Onderwerpen(
            inleiders=[*inleiders, *([ook] if ook is not None and ook not in inleiders else [])],
            maatregelen=self.cleaned_data["codes"],
            indicatoren=list(self.cleaned_data["indicatoren"]),
            besluiten=list(
                dict.fromkeys([*(self.cleaned_data.get("besluiten") or ()), *self.cleaned_data["besluitcodes"]])
            ),
        )


def _besluitregel(besluit: Any) -> str:
    wanneer = besluit.agendapunt.vergadering
    return f"{besluit.tekst} ({besluit.code}, {wanneer})"


def _zonder(veld: Any) -> list[tuple[Any, Any]]:
    return [("", "niemand anders"), *met_ministeries_voorop(veld)[1:]]


class Alleenversie(Invoer):
    """Only the version: one button does it."""

    versie = Versieveld()

    def __init__(self, versie: int, data: Any = None) -> None:
        super().__init__(data, initial={"versie": versie})


class Doorschuifformulier(Invoer):
    """To which meeting that still comes, and why."""

    naar = forms.ModelChoiceField(
        label="Naar welke vergadering?",
        queryset=Vergadering.objects.none(),
        empty_label="Kies een vergadering",
        error_messages={
            "required": "Kies een vergadering.",
            "invalid_choice": "Naar deze vergadering kan niet worden doorgeschoven.",
        },
    )
    reden = forms.CharField(
        label="Waarom?",
        max_length=LENGTE_REDEN,
        help_text="In een zin; staat straks bij beide vergaderingen.",
        error_messages={"required": "Schrijf in een zin waarom het punt wordt doorgeschoven."},
    )

    def __init__(self, mogelijk: Any, data: Any = None) -> None:
        super().__init__(data)
        naar: Any = self.fields["naar"]
        naar.queryset = mogelijk


class Bijlageformulier(Stukformulier):
    """A file, a name, or both; a name alone announces what still comes."""

    bestand = forms.FileField(
        required=False,
        allow_empty_file=True,  # what is wrong with a file is said in one place
        widget=forms.FileInput(attrs={"accept": ",".join(TOEGESTAAN)}),
        label="Bestand",
        help_text=f"{SOORTEN}. Macro's worden geweigerd.",
    )

    class Meta:
        model = Bijlage
        fields = ("naam",)
        formfield_callback = veld_voor

    def __init__(self, *args: Any, hoogstens: int, **kwargs: Any) -> None:
        """`hoogstens`: bytes."""
        super().__init__(*args, **kwargs)
        self.order_fields(["bestand", "naam", "versie"])
        self.fields["bestand"].help_text += f" Hoogstens {hoogstens // (1024 * 1024)} MB."
        if not self.instance.pk:
            self.fields["naam"].required = False
            self.fields[
                "naam"
            ].help_text = "Zoals op de agenda. Leeg: de naam van het bestand. Zonder bestand: de bijlage komt nog."
        elif self.instance.heeft_bestand:
            self.fields["bestand"].label = "Vervang het bestand"
