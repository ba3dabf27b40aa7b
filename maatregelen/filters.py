"""What a list can be narrowed down by: one filterset per noun, the same names in the address bar of page and API.

Names are declared in snake_case and read in camelCase (`gewijzigd_sinds` is `?gewijzigdSinds=`). A filterset is made
with `wie=`: choices are what that person may see, and `wie.vandaag` is the day by which things are judged. Who asks how
it was finds the past in the database itself (see tijdreis), so no filter knows of it.
"""

import datetime
from collections import OrderedDict
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django_filters import CharFilter, ChoiceFilter, DateFilter, Filter, FilterSet, IsoDateTimeFilter, ModelChoiceFilter
from drf_spectacular.utils import extend_schema_field

from maatregelen.models import (
    Aard,
    Betrokkenheid,
    BetrokkenheidRol,
    Hardheid,
    Maatregelsoort,
    Mijlpaal,
    Organisatie,
    Organisatiesoort,
    Reactiesoort,
    Status,
    Voortgang,
    Zichtniveau,
)
from maatregelen.models.maatregel import MaatregelQuerySet
from maatregelen.models.mijlpaal import MijlpaalQuerySet
from maatregelen.signalen import stand_niet_gemeld, te_laat
from maatregelen.wijzigingen import namen, plaats
from maatregelen.zichtbaarheid import (
    Bevoegdheid,
    zichtbare_agendas,
    zichtbare_maatregelen,
    zichtbare_organisaties,
    zichtbare_pijlers,
    zichtbare_themas,
)

NIVEAUS = [(niveau.name.lower(), niveau.label) for niveau in Zichtniveau]
JA_NEE = [("true", "ja"), ("false", "nee")]


class Sleutelveld(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """A record by its readable key."""

    rijen: dict[str, Any] | None = None

    def laad(self, **waar: Any) -> None:
        """Read the choices once, for a page that both shows them and checks against them."""
        self.rijen = {
            str(getattr(rij, self.to_field_name or "pk")): rij
            for rij in self.queryset.filter(**waar)  # type: ignore[union-attr]
        }
        leeg = [("", self.empty_label)] if self.empty_label is not None else []
        self.choices = [*leeg, *((sleutel, self.label_from_instance(rij)) for sleutel, rij in self.rijen.items())]

    def to_python(self, value: Any) -> Any:
        """The record; raises ValidationError for an unknown one."""
        if self.rijen is not None and value not in self.empty_values:
            sleutel = str(getattr(value, self.to_field_name or "pk", value))
            if sleutel not in self.rijen:
                raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
            return self.rijen[sleutel]
        return super().to_python(value)


class Sleutel(ModelChoiceFilter):  # type: ignore[misc]
    """A filter on a record by its readable key (`sleutel=None`: by its number), among those this person may see."""

    field_class = Sleutelveld

    def __init__(self, *, zichtbaar: Any, sleutel: str | None = "slug", **extra: Any) -> None:
        """`zichtbaar` answers the records a Bevoegdheid may see."""
        self.zichtbaar = zichtbaar
        fouten = {"invalid_choice": "Deze waarde bestaat niet."}
        extra.setdefault("empty_label", "alle")
        # The queryset of the person is set in get_queryset; this one only says that there is one.
        super().__init__(to_field_name=sleutel, error_messages=fouten, queryset=None, **extra)
        soort = {"type": "string"} if sleutel else {"type": "integer"}
        extend_schema_field({**soort, "description": extra.get("help_text", "")})(self)

    def get_queryset(self, request: Any) -> QuerySet[Any]:
        """The records this person may see."""
        return self.zichtbaar(self.parent.wie)  # type: ignore[no-any-return]

    @property
    def field(self) -> Any:
        """The form field, with the choices of this person."""
        if not hasattr(self, "_field"):
            self.extra["queryset"] = self.get_queryset(None)
            self._field = self.field_class(label=self.label, **self.extra)
        return self._field


class Keuze(ChoiceFilter):  # type: ignore[misc]
    """One value of a fixed list."""

    def __init__(self, **extra: Any) -> None:
        """Takes `choices` and what every filter takes."""
        super().__init__(empty_label="alle", **extra)


class JaNee(Keuze):
    """`true` or `false`; anything else is refused, never read as "no filter"."""

    def __init__(self, **extra: Any) -> None:
        """Takes what every filter takes."""
        super().__init__(choices=JA_NEE, **extra)
        extend_schema_field({"type": "boolean", "description": extra.get("help_text", "")})(self)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """The rows for which the field is that."""
        return qs.filter(**{str(self.field_name): value == "true"}) if value else qs


class Dag(DateFilter):  # type: ignore[misc]
    """A day, JJJJ-MM-DD."""

    def __init__(self, **extra: Any) -> None:
        """Takes what every filter takes."""
        super().__init__(
            input_formats=["%Y-%m-%d"],
            error_messages={"invalid": "Geef een dag als JJJJ-MM-DD, zoals 2024-12-30."},
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            **extra,
        )
        extend_schema_field({"type": "string", "format": "date", "description": extra.get("help_text", "")})(self)


class Moment(IsoDateTimeFilter):  # type: ignore[misc]
    """A moment in ISO 8601; without a time zone it is Dutch time."""

    def __init__(self, **extra: Any) -> None:
        """Takes what every filter takes."""
        fout = "Geef een moment als 2024-12-30T09:00:00Z. Schrijf een plusteken in een adres als %2B."
        super().__init__(error_messages={"invalid": fout}, **extra)
        extend_schema_field({"type": "string", "format": "date-time", "description": extra.get("help_text", "")})(self)


class Zoek(CharFilter):  # type: ignore[misc]
    """All words must occur, each in any of the fields; capitals do not matter."""

    def __init__(self, velden: list[str], **extra: Any) -> None:
        """`velden`: where is looked."""
        self.velden = velden
        super().__init__(label="Zoeken", max_length=200, **extra)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """The rows in which every word occurs."""
        for woord in value.split():
            waar = Q()
            for veld in self.velden:
                waar |= Q(**{f"{veld}__icontains": woord})
            qs = qs.filter(waar)
        return qs


def _adresnaam(naam: str) -> str:
    eerste, *rest = naam.split("_")
    return eerste + "".join(deel.capitalize() for deel in rest)


class Filters(FilterSet):  # type: ignore[misc]
    """What all filtersets share: camelCase names, the person, the day."""

    def __init__(
        self, data: Any = None, queryset: QuerySet[Any] | None = None, *, wie: Bevoegdheid, alleen_gegeven: bool = False
    ) -> None:
        """`alleen_gegeven` leaves out the filters without a value: quicker where no form is shown."""
        self.wie = wie
        self.base_filters: OrderedDict[str, Filter]
        if alleen_gegeven:
            self.base_filters = OrderedDict((naam, rij) for naam, rij in self.base_filters.items() if naam in data)
        super().__init__(data, queryset)

    @classmethod
    def get_filters(cls) -> "OrderedDict[str, Filter]":
        """The filters under the names they have in an address."""
        return OrderedDict((_adresnaam(naam), rij) for naam, rij in super().get_filters().items())

    def ongewijzigd(self, rijen: Any, naam: str, value: str) -> Any:
        """For a filter that is applied together with another one."""
        return rijen


PEILDATUM = (
    "Toont wat er op deze dag was en wat toen gold. Wat later kwam blijft weg of is leeg. Een dag (2025-03-19), of de "
    "naam van een vergadering zoals die in haar adres staat: dan de dag van die vergadering."
)
GEZIEN_OP = (
    "Toont wat hier op deze dag, of tot dit moment, was vastgelegd. Met `peildatum` erbij: hoe het er op die dag voor "
    "stond, voor zover toen bekend."
)


GEWIJZIGD = {
    "label": "Gewijzigd sinds",
    "field_name": "gewijzigd_op",
    "lookup_expr": "gte",
    "help_text": "Alleen wat op of na dit moment is gewijzigd.",
}


class DagOfMoment(CharFilter):  # type: ignore[misc]
    """A day, a moment in ISO 8601, or what stands for one."""

    def __init__(self, **extra: Any) -> None:
        """Takes what every filter takes."""
        super().__init__(**extra)
        extend_schema_field({"type": "string", "description": extra.get("help_text", "")})(self)


class InDeTijd(Filters):
    """What can also be asked as it was: the API reads these two before anything else, so here nothing is left to do."""

    peildatum = DagOfMoment(label="Zoals het was op", method="ongewijzigd", help_text=PEILDATUM)
    gezien_op = DagOfMoment(label="Zoals hier bekend was op", method="ongewijzigd", help_text=GEZIEN_OP)


class AgendaFilters(InDeTijd):
    """Agendas."""

    zoek = Zoek(["titel", "kenmerk"], help_text="Woorden in titel of kenmerk; alle woorden moeten voorkomen.")
    lopend = JaNee(field_name="is_lopend", label="Lopend", help_text="Alleen lopende agenda's vragen aandacht.")
    gewijzigd_sinds = Moment(**GEWIJZIGD)


class PijlerFilters(InDeTijd):
    """Sections of agendas."""

    agenda = Sleutel(zichtbaar=zichtbare_agendas, label="Agenda", help_text="Adresnaam van een agenda.")
    gewijzigd_sinds = Moment(**GEWIJZIGD)


class MaatregelFilters(InDeTijd):
    """Measures."""

    zoek = Zoek(
        ["code", "titel", "voorwaarde"],
        help_text="Woorden in code, titel of voorwaarde; alle woorden moeten voorkomen.",
    )
    agenda = Sleutel(
        zichtbaar=zichtbare_agendas, field_name="pijler__agenda", label="Agenda", help_text="Adresnaam van een agenda."
    )
    pijler = Sleutel(zichtbaar=zichtbare_pijlers, sleutel=None, label="Pijler", help_text="Nummer (id) van een pijler.")
    status = Keuze(choices=Status.choices, label="Status", help_text="Waar de maatregel is.")
    voortgang = Keuze(
        choices=Voortgang.choices,
        label="Voortgang",
        help_text="Hoe het volgens de verantwoordelijke gaat.",
    )
    soort = Keuze(choices=Maatregelsoort.choices, label="Soort", help_text="Met welk middel dit gebeurt.")
    aard = Keuze(choices=Aard.choices, label="Aard", help_text="Maatregel, uitgangspunt, doel, verzoek en zo verder.")
    organisatie = Sleutel(
        zichtbaar=zichtbare_organisaties,
        method="op_organisatie",
        label="Organisatie",
        help_text="Adresnaam van een organisatie die betrokken is; een opgeheven organisatie kan ook.",
    )
    rol = Keuze(
        choices=BetrokkenheidRol.choices,
        method="op_rol",
        label="Rol",
        help_text="Rol van de organisatie; zonder organisatie: maatregelen waar iemand deze rol heeft.",
    )
    thema = Sleutel(
        zichtbaar=zichtbare_themas,
        field_name="themas",
        label="Thema",
        help_text="Adresnaam van een onderwerp dat door de agenda's heen terugkomt.",
    )
    trekker = JaNee(
        method="op_trekker", label="Heeft een trekker", help_text="Of een organisatie met mensen verantwoordelijk is."
    )
    zichtbaarheid = Keuze(
        choices=NIVEAUS, method="op_zicht", label="Te zien voor", help_text="Wie de maatregel mag zien."
    )
    geaccordeerd = JaNee(label="Geaccordeerd", help_text="false: PM-punten, waarover nog geen overeenstemming is.")
    lopend = JaNee(
        field_name="pijler__agenda__is_lopend",
        label="Lopende agenda",
        help_text="Of de agenda loopt.",
    )
    gewijzigd_sinds = Moment(**GEWIJZIGD)

    def op_zicht(self, rijen: MaatregelQuerySet, naam: str, waarde: str) -> MaatregelQuerySet:
        """Measures for which that level holds."""
        return rijen.filter(zicht=Zichtniveau[waarde.upper()])

    def op_organisatie(self, rijen: MaatregelQuerySet, naam: str, value: Organisatie) -> MaatregelQuerySet:
        """An organisation, in the role asked for or in any."""
        rol = self.form.cleaned_data.get("rol")
        return self._betrokken(rijen, Q(organisatie=value, rol=rol) if rol else Q(organisatie=value))

    def op_rol(self, rijen: MaatregelQuerySet, naam: str, value: str) -> MaatregelQuerySet:
        """A role, unless it goes with the organisation that was asked for."""
        return rijen if self.form.cleaned_data.get("organisatie") else self._betrokken(rijen, Q(rol=value))

    def op_trekker(self, rijen: MaatregelQuerySet, naam: str, value: str) -> MaatregelQuerySet:
        """Whether an organisation with people is responsible."""
        trekkers = Exists(Betrokkenheid.objects.trekkers().filter(maatregel=OuterRef("pk")))
        return rijen.filter(trekkers if value == "true" else ~trekkers)

    def _betrokken(self, rijen: MaatregelQuerySet, welke: Q) -> MaatregelQuerySet:
        return rijen.filter(Exists(Betrokkenheid.objects.geldend().filter(welke, maatregel=OuterRef("pk"))))


class MijlpaalFilters(InDeTijd):
    """Milestones."""

    maatregel = Sleutel(
        zichtbaar=zichtbare_maatregelen,
        sleutel="code",
        label="Maatregel",
        widget=forms.TextInput,
        help_text="Code van een maatregel, zoals 2024-2-03.",
    )
    agenda = Sleutel(
        zichtbaar=zichtbare_agendas,
        field_name="maatregel__pijler__agenda",
        label="Agenda",
        help_text="Adresnaam van een agenda.",
    )
    organisatie = Sleutel(
        zichtbaar=zichtbare_organisaties,
        method="op_organisatie",
        label="Verantwoordelijke",
        help_text="Adresnaam van een organisatie die voor de maatregel verantwoordelijk is.",
    )
    vanaf = Dag(
        method="op_vanaf", label="Vanaf", help_text="De uiterste dag, of bij 'vanaf' de eerste, valt op of na deze dag."
    )
    tot_en_met = Dag(
        method="op_tot_en_met",
        label="Tot en met",
        help_text="De uiterste dag, of bij 'vanaf' de eerste, valt op of voor deze dag.",
    )
    hardheid = Keuze(choices=Hardheid.choices, label="Hardheid", help_text="Wettelijk, toezegging, streven of norm.")
    lopend = JaNee(
        field_name="maatregel__pijler__agenda__is_lopend",
        label="Lopende agenda",
        help_text="Of de agenda loopt.",
    )
    behaald = JaNee(method="op_behaald", label="Behaald", help_text="Of de mijlpaal is behaald.")
    vaag = JaNee(method="op_vaag", label="Zonder datum", help_text="Of er geen dag uit de woorden volgt.")
    te_laat = JaNee(
        method="op_te_laat",
        label="Te laat",
        help_text="Of de uiterste dag voorbij is, bij een lopende maatregel waarvan de stand is gemeld.",
    )
    stand_niet_gemeld = JaNee(
        method="op_stand_niet_gemeld",
        label="Voorbij, stand niet gemeld",
        help_text="Of de uiterste dag voorbij is, bij een lopende maatregel waarvan nooit een stand is gemeld.",
    )
    gewijzigd_sinds = Moment(**GEWIJZIGD)

    def op_organisatie(self, rijen: MijlpaalQuerySet, naam: str, value: Organisatie) -> MijlpaalQuerySet:
        """Milestones for which an organisation is responsible."""
        verantwoordelijk = Betrokkenheid.objects.geldend().filter(
            organisatie=value, rol=BetrokkenheidRol.VERANTWOORDELIJK, maatregel=OuterRef("maatregel")
        )
        return rijen.filter(Exists(verantwoordelijk))

    def op_vanaf(self, rijen: MijlpaalQuerySet, naam: str, value: datetime.date) -> MijlpaalQuerySet:
        """Key day on or after."""
        return rijen.met_sleuteldag().filter(Q(("sleuteldag__gte", value)))

    def op_tot_en_met(self, rijen: MijlpaalQuerySet, naam: str, value: datetime.date) -> MijlpaalQuerySet:
        """Key day on or before."""
        return rijen.met_sleuteldag().filter(Q(("sleuteldag__lte", value)))

    def op_behaald(self, rijen: MijlpaalQuerySet, naam: str, value: str) -> MijlpaalQuerySet:
        """Reached or not."""
        return rijen.filter(behaald_op__isnull=value == "false")

    def op_vaag(self, rijen: MijlpaalQuerySet, naam: str, value: str) -> MijlpaalQuerySet:
        """Without any day, or with one."""
        geen = Q(begin=None, einde=None)
        return rijen.filter(geen if value == "true" else ~geen)

    def op_te_laat(self, rijen: MijlpaalQuerySet, naam: str, value: str) -> MijlpaalQuerySet:
        """Late on the day, and of a measure whose state was reported."""
        return self._wel_of_niet(rijen, te_laat(Mijlpaal.objects.all(), self.wie.vandaag), value)

    def op_stand_niet_gemeld(self, rijen: MijlpaalQuerySet, naam: str, value: str) -> MijlpaalQuerySet:
        """Past its day, of a measure whose state nobody had reported."""
        return self._wel_of_niet(rijen, stand_niet_gemeld(Mijlpaal.objects.all(), self.wie.vandaag), value)

    def _wel_of_niet(self, rijen: MijlpaalQuerySet, welke: MijlpaalQuerySet, value: str) -> MijlpaalQuerySet:
        sleutels = Q(pk__in=welke.values("pk"))
        return rijen.filter(sleutels if value == "true" else ~sleutels)


class OrganisatieFilters(InDeTijd):
    """Organisations."""

    zoek = Zoek(["naam", "afkorting"], help_text="Woorden in naam of afkorting; alle woorden moeten voorkomen.")
    soort = Keuze(choices=Organisatiesoort.choices, label="Soort", help_text="Wat voor organisatie het is.")
    gewijzigd_sinds = Moment(**GEWIJZIGD)


class ReactieFilters(InDeTijd):
    """Reactions and dissents."""

    maatregel = Sleutel(
        zichtbaar=zichtbare_maatregelen,
        sleutel="code",
        label="Maatregel",
        widget=forms.TextInput,
        help_text="Code van een maatregel, zoals 2024-2-03.",
    )
    agenda = Sleutel(
        zichtbaar=zichtbare_agendas,
        field_name="maatregel__pijler__agenda",
        label="Agenda",
        help_text="Adresnaam van een agenda.",
    )
    organisatie = Sleutel(
        zichtbaar=zichtbare_organisaties, label="Organisatie", help_text="Adresnaam van wie dit vindt."
    )
    soort = Keuze(choices=Reactiesoort.choices, label="Soort", help_text="Reactie of afwijkend standpunt.")
    ingetrokken = Keuze(
        choices=JA_NEE, method="op_ingetrokken", label="Ingetrokken", help_text="Of de organisatie haar introk."
    )
    gewijzigd_sinds = Moment(**GEWIJZIGD)

    def op_ingetrokken(self, rijen: QuerySet[Any], naam: str, waarde: str) -> QuerySet[Any]:
        """Those that were withdrawn, or those that stand."""
        return rijen.filter(ingetrokken_op__isnull=waarde != "true")


class StatuswijzigingFilters(InDeTijd):
    """The history of statuses."""

    maatregel = Sleutel(
        zichtbaar=zichtbare_maatregelen,
        sleutel="code",
        label="Maatregel",
        widget=forms.TextInput,
        help_text="Code van een maatregel, zoals 2024-2-03.",
    )
    agenda = Sleutel(
        zichtbaar=zichtbare_agendas,
        field_name="maatregel__pijler__agenda",
        label="Agenda",
        help_text="Adresnaam van een agenda.",
    )
    naar = Keuze(choices=Status.choices, label="Nieuwe status", help_text="De status waarnaar is gewijzigd.")
    sinds = Moment(
        field_name="vastgelegd_op",
        lookup_expr="gte",
        label="Vastgelegd sinds",
        help_text="Alleen wat op of na dit moment is vastgelegd.",
    )


class IndicatorFilters(InDeTijd):
    """Figures."""

    zoek = Zoek(["naam", "omschrijving"], help_text="Woorden in naam of omschrijving; alle woorden moeten voorkomen.")
    gewijzigd_sinds = Moment(**GEWIJZIGD)


class EenInDeTijd(InDeTijd):
    """For one record: only from when it is looked at."""


class Plaatsveld(forms.CharField):
    """A place in the change feed, by the id of a change."""

    def clean(self, value: Any) -> Any:
        """The place; raises ValidationError when there is no such change."""
        if not value:
            return None
        gevonden = plaats(str(value))
        if gevonden is None:
            raise forms.ValidationError("Deze wijziging bestaat niet.")
        return gevonden


class Plaatsfilter(CharFilter):  # type: ignore[misc]
    """After a change."""

    field_class = Plaatsveld


class WijzigingFilters(Filters):
    """The change feed: it is put together from these values (`form.cleaned_data`), not narrowed down by them."""

    sinds = Moment(label="Sinds", method="ongewijzigd", help_text="Alleen wat op of na dit moment is gewijzigd.")
    na = Plaatsfilter(
        label="Na",
        method="ongewijzigd",
        help_text="Alleen wat na deze wijziging kwam: de id van uw laatste.",
    )
    soort = Keuze(
        choices=[(naam, naam) for naam in namen()],
        label="Soort",
        method="ongewijzigd",
        help_text="Alleen wijzigingen van deze soort.",
    )
