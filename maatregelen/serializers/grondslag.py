"""How the API shows a noun: the machinery behind every serializer, and what is strict about what is sent.

A serializer is declared once, in snake_case; three things follow from it: the schema (Django REST framework reads the
fields, help texts come from the models), the query (only the columns that are shown) and the JSON (camelCase keys).
Rows go from the database straight into dictionaries, because making model instances and walking fields per row costs
more than everything else together.
"""

import functools
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import QuerySet
from rest_framework import serializers

from maatregelen.huisadres import volledig
from maatregelen.models import Organisatie, Organisatiesoort, Zichtniveau

Inhoud = dict[str, Any]


def json_naam(naam: str) -> str:
    """`gewijzigd_op` is `gewijzigdOp` in JSON."""
    eerste, *rest = naam.split("_")
    return eerste + "".join(deel.capitalize() for deel in rest)


class Adres(serializers.URLField):
    """The address of the page about this record."""

    def __init__(self, pad: str, **extra: Any) -> None:
        """`pad` holds `{}` where the key comes."""
        self.pad = pad
        super().__init__(help_text="Adres van de pagina hierover.", **extra)

    def vorm(self, waarde: str) -> str:
        """The address in full."""
        return volledig(self.pad.format(waarde))


class Tooiadres(serializers.URLField):
    """The identifier of an organisation in full, or null."""

    def vorm(self, waarde: str) -> str | None:
        """The address, if there is an identifier."""
        return Organisatie(tooi_id=waarde).tooi_url or None


class IsAanduiding(serializers.BooleanField):
    """Whether an organisation is only a word from a text."""

    def vorm(self, waarde: str) -> bool:
        """From the kind of organisation."""
        return waarde == Organisatiesoort.AANDUIDING


# Levels by a word: numbers would be asked what they mean.
NIVEAUS = [(niveau.name.lower(), niveau.label) for niveau in Zichtniveau]


class Niveau(serializers.ChoiceField):
    """Who may see something."""

    def __init__(self, **extra: Any) -> None:
        """Takes what every field takes."""
        super().__init__(choices=NIVEAUS, **extra)

    def vorm(self, waarde: int | None) -> str | None:
        """The level by its word; None is as its whole."""
        return None if waarde is None else Zichtniveau(waarde).name.lower()


@dataclass(frozen=True)
class Plan:
    """How the columns of a row become JSON; made once per serializer."""

    kolommen: tuple[str, ...]
    sleutels: tuple[str, ...]
    vormen: tuple[tuple[str, Callable[[Any], Any]], ...]
    objecten: tuple[tuple[str, "Plan", int, int], ...]
    reeksen: tuple[tuple[type["Rij"], tuple[str, ...]], ...]

    def vul(self, rijen: Sequence[tuple[Any, ...]]) -> list[Inhoud]:
        """The rows as dictionaries, without their lists of related rows."""
        sleutels = self.sleutels
        uit = [dict(zip(sleutels, rij, strict=False)) for rij in rijen]
        for sleutel, vorm in self.vormen:
            for inhoud in uit:
                inhoud[sleutel] = vorm(inhoud[sleutel])
        for sleutel, plan, van, tot in self.objecten:
            for inhoud, deel in zip(uit, plan.vul([rij[van:tot] for rij in rijen]), strict=True):
                inhoud[sleutel] = deel
        return uit


@functools.cache
def _plan(rij: type["Rij"]) -> Plan:
    kolommen: list[str] = []
    sleutels: list[str] = []
    vormen: list[tuple[str, Callable[[Any], Any]]] = []
    genest: list[tuple[str, str, type[Rij]]] = []
    reeksen: dict[type[Rij], list[str]] = defaultdict(list)
    for naam, veld in rij._declared_fields.items():
        sleutel = json_naam(naam)
        bron = (veld.source or naam).replace(".", "__")
        if naam in rij.afgeleid:
            continue
        if isinstance(veld, serializers.ListSerializer):
            reeksen[type(cast(Rij, veld.child))].append(sleutel)
        elif isinstance(veld, Rij):
            genest.append((sleutel, bron, type(veld)))
        else:
            kolommen.append(bron)
            sleutels.append(sleutel)
            if vorm := getattr(veld, "vorm", None):
                vormen.append((sleutel, vorm))
    objecten = []
    for sleutel, bron, soort in genest:
        deel = _plan(soort)
        objecten.append((sleutel, deel, len(kolommen), len(kolommen) + len(deel.kolommen)))
        kolommen += [f"{bron}__{kolom}" for kolom in deel.kolommen]
    return Plan(
        tuple(kolommen),
        tuple(sleutels),
        tuple(vormen),
        tuple(objecten),
        tuple((soort, tuple(namen)) for soort, namen in reeksen.items()),
    )


class Rij(serializers.Serializer[Any]):
    """A noun as the API shows it. `model` gives the help texts."""

    model: ClassVar[type[models.Model]]
    # What is null when one asks how it stood on a day: all we have of it is later knowledge.
    leeg_toen: ClassVar[tuple[str, ...]] = ()
    # Fields that `vul_aan` works out for all rows at once.
    afgeleid: ClassVar[tuple[str, ...]] = ()
    # As rows below another noun: the foreign key to that noun, and which rows belong in a list of this name.
    onder: ClassVar[str] = ""
    verdeling: ClassVar[Mapping[str, tuple[str, tuple[str, ...]]]] = {}

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """The fields for the schema: camelCase, described by the model, null where the database or a day says so."""
        uit: dict[str, serializers.Field[Any, Any, Any, Any]] = {}
        for naam, veld in super().get_fields().items():
            sleutel = json_naam(naam)
            if veld.source is None and sleutel != naam:
                veld.source = naam
            veld.read_only = True
            kolom, leegbaar = self._kolom(veld.source or naam)
            if kolom is not None and not veld.help_text and not isinstance(veld, serializers.BaseSerializer):
                veld.help_text = kolom.help_text or kolom.verbose_name.capitalize()
            veld.allow_null = veld.allow_null or leegbaar or naam in self.leeg_toen
            uit[sleutel] = veld
        return uit

    def _kolom(self, bron: str) -> tuple[Any, bool]:
        model: Any = self.model
        kolom: Any = None
        leegbaar = False
        for stap in bron.split("."):
            try:
                kolom = model._meta.get_field(stap)
            except FieldDoesNotExist:
                return None, leegbaar
            if not hasattr(kolom, "help_text"):
                return None, leegbaar
            leegbaar = leegbaar or bool(kolom.null)
            model = kolom.related_model
        return kolom, leegbaar

    @classmethod
    def alle(cls) -> QuerySet[Any]:
        """All rows of this noun that may stand below another one, in order."""
        return cls.model._default_manager.all()

    @classmethod
    def query(cls, rijen: QuerySet[Any]) -> QuerySet[Any, Any]:
        """The columns that are shown, and the key as the last one; page through this, then ask `inhoud`."""
        return rijen.values_list(*_plan(cls).kolommen, "pk")

    @classmethod
    def inhoud(cls, rijen: Sequence[tuple[Any, ...]]) -> list[Inhoud]:
        """The rows of `query` as JSON: one more query for each kind of related rows."""
        plan = _plan(cls)
        uit = plan.vul(rijen)
        if not uit:
            return uit
        for soort, namen in plan.reeksen:
            onder = soort._onder([rij[-1] for rij in rijen])
            for naam in namen:
                veld, waarden = cls.verdeling.get(naam, ("", ()))
                for inhoud, rij in zip(uit, rijen, strict=True):
                    reeks = onder[rij[-1]]
                    inhoud[naam] = [deel for deel in reeks if deel[veld] in waarden] if veld else reeks
        cls.vul_aan(uit)
        return uit

    @classmethod
    def vul_aan(cls, rijen: Sequence[Inhoud]) -> None:
        """Work out the fields of `afgeleid` for these rows, in at most one query; none by default."""

    @classmethod
    def lees(cls, rijen: QuerySet[Any]) -> list[Inhoud]:
        """All these rows as JSON."""
        return cls.inhoud(list(cls.query(rijen)))

    @classmethod
    def _onder(cls, sleutels: list[Any]) -> dict[Any, list[Inhoud]]:
        plan = _plan(cls)
        rijen = list(cls.alle().filter(**{f"{cls.onder}__in": sleutels}).values_list(*plan.kolommen, cls.onder))
        uit: dict[Any, list[Inhoud]] = defaultdict(list)
        gevuld = plan.vul(rijen)
        if gevuld:
            cls.vul_aan(gevuld)
        for rij, inhoud in zip(rijen, gevuld, strict=True):
            uit[rij[-1]].append(inhoud)
        return uit


class Invoer(serializers.Serializer[Any]):
    """What a client sends."""

    def to_internal_value(self, data: Any) -> Any:
        """The values; raises ValidationError for unknown names too, because a typing error must not pass unseen."""
        if isinstance(data, Mapping) and (onbekend := set(data) - set(self.fields)):
            raise serializers.ValidationError({str(naam): ["Dit veld bestaat niet."] for naam in sorted(onbekend)})
        return super().to_internal_value(data)
