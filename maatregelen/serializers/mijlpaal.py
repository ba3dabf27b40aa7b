"""Milestones in the API: as they are shown, and what a client sends to make or change one."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from rest_framework import serializers

from maatregelen.models import Hardheid, Mijlpaal, Precisie, Relatie, Termijnwijziging, Wetsfase, Wijzigingssoort
from maatregelen.serializers.grondslag import Inhoud, Invoer, Niveau, Rij
from maatregelen.termijngeschiedenis import aantal_verplaatst, eerste_stand
from maatregelen.termijnkalender import op_sleuteldag

EERSTE_DAG, LAATSTE_DAG = datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)


class OorspronkelijkSerializer(Rij):
    """De termijn zoals die eerst was bedoeld."""

    model = Mijlpaal

    termijn_tekst = serializers.CharField()
    begin = serializers.DateField()
    einde = serializers.DateField()


class TermijnwijzigingSerializer(Rij):
    """Een wijziging van een termijn: wat het was, wat het werd, en waarom."""

    model = Termijnwijziging
    onder = "mijlpaal"

    soort = serializers.ChoiceField(choices=Wijzigingssoort.choices)
    van_tekst = serializers.CharField()
    van_begin = serializers.DateField()
    van_einde = serializers.DateField()
    naar_tekst = serializers.CharField()
    naar_begin = serializers.DateField()
    naar_einde = serializers.DateField()
    reden = serializers.CharField()
    door = serializers.CharField(source="door.functie", help_text="Functie van wie dit deed.")
    vastgelegd_op = serializers.DateTimeField()

    @classmethod
    def alle(cls) -> QuerySet[Any]:
        """Oldest first."""
        return Termijnwijziging.objects.order_by("pk")


class MijlpaalSerializer(Rij):
    """Wat er klaar moet zijn, met de letterlijke woorden van de termijn en wat die betekenen."""

    model = Mijlpaal
    onder = "maatregel"
    afgeleid: ClassVar[tuple[str, ...]] = ("aantal_verplaatst", "oorspronkelijk")
    leeg_toen = ("gewijzigd_op", "versie")

    id = serializers.IntegerField(help_text="Vast nummer van deze mijlpaal.")
    maatregel = serializers.CharField(source="maatregel.code", help_text="Code van de maatregel.")
    omschrijving = serializers.CharField()
    termijn_tekst = serializers.CharField()
    begin = serializers.DateField()
    einde = serializers.DateField()
    precisie = serializers.ChoiceField(choices=Precisie.choices)
    relatie = serializers.ChoiceField(choices=Relatie.choices)
    herhaling = serializers.CharField()
    duur = serializers.CharField()
    gebeurtenis = serializers.CharField()
    na_mijlpaal = serializers.IntegerField(source="na_mijlpaal_id", allow_null=True)
    na_fase = serializers.ChoiceField(choices=["", *Wetsfase.values])
    hardheid = serializers.ChoiceField(choices=Hardheid.choices)
    cyclus = serializers.CharField()
    voor_wie = serializers.CharField()
    bron = serializers.CharField()
    toelichting = serializers.CharField()
    regel_van = serializers.IntegerField()
    regel_tot = serializers.IntegerField()
    behaald_op = serializers.DateField()
    behaald_bewijs = serializers.CharField()
    zichtbaarheid = Niveau()
    zicht = Niveau()
    embargo_tot = serializers.DateTimeField(source="stil_tot")
    gewijzigd_op = serializers.DateTimeField()
    versie = serializers.IntegerField()
    aantal_verplaatst = serializers.IntegerField(
        help_text="Hoe vaak de termijn later of eerder werd of haar datum verloor; preciezer maken telt niet."
    )
    oorspronkelijk = OorspronkelijkSerializer(help_text="De termijn zoals die eerst was bedoeld.")

    @classmethod
    def alle(cls) -> QuerySet[Any]:
        """In the order of the calendar."""
        return op_sleuteldag(Mijlpaal.objects.all())

    @classmethod
    def vul_aan(cls, rijen: Sequence[Inhoud]) -> None:
        """How often each moved, and what it was at first."""
        per_mijlpaal: dict[int, list[Termijnwijziging]] = defaultdict(list)
        for wijziging in TermijnwijzigingSerializer.alle().filter(mijlpaal__in=[rij["id"] for rij in rijen]):
            per_mijlpaal[wijziging.mijlpaal_id].append(wijziging)
        for rij in rijen:
            wijzigingen = per_mijlpaal[rij["id"]]
            eerste = eerste_stand(wijzigingen)
            rij["aantalVerplaatst"] = aantal_verplaatst(wijzigingen)
            rij["oorspronkelijk"] = {
                "termijnTekst": eerste.tekst if eerste else rij["termijnTekst"],
                "begin": eerste.begin if eerste else rij["begin"],
                "einde": eerste.einde if eerste else rij["einde"],
            }


class MijlpaalDetailSerializer(MijlpaalSerializer):
    """Een mijlpaal met alles wat er met de termijn gebeurde."""

    wijzigingen = TermijnwijzigingSerializer(many=True, help_text="Elke wijziging van de termijn, de oudste eerst.")


class LezingSerializer(serializers.Serializer[Any]):
    """Wat de woorden ook kunnen betekenen."""

    begin = serializers.DateField(allow_null=True, help_text="Eerste dag, als die er is.")
    einde = serializers.DateField(allow_null=True, help_text="Laatste dag.")
    precisie = serializers.ChoiceField(choices=Precisie.choices, help_text="Hoe precies de woorden zijn.")
    relatie = serializers.ChoiceField(choices=Relatie.choices, help_text="Hoe het moment bedoeld is.")


class MijlpaalGelezenSerializer(MijlpaalDetailSerializer):
    """De mijlpaal zoals die nu is, met hoe de woorden zijn gelezen."""

    afgeleid = (*MijlpaalSerializer.afgeleid, "uitleg", "alternatief")

    uitleg = serializers.CharField(help_text="Hoe de termijn is gelezen, in een zin.")
    alternatief = LezingSerializer(
        allow_null=True, help_text="De andere betekenis van de woorden, als die er is: zomer en zomerreces."
    )


class Dagveld(serializers.DateField):
    """A day as forms take it."""

    def __init__(self, **opties: Any) -> None:
        buiten = f"Kies een dag van {EERSTE_DAG.year} tot en met {LAATSTE_DAG.year}."
        grenzen = [MinValueValidator(EERSTE_DAG, buiten), MaxValueValidator(LAATSTE_DAG, buiten)]
        super().__init__(required=False, input_formats=["%Y-%m-%d"], validators=grenzen, **opties)


def _woorden(naam: str, help_text: str = "", **opties: Any) -> serializers.CharField:
    """A text of one line, as long as the model keeps it."""
    kolom: Any = Mijlpaal._meta.get_field(naam)
    return serializers.CharField(max_length=kolom.max_length, help_text=help_text or str(kolom.help_text), **opties)


ZELF = "Zelf bepaald: gaat voor wat de woorden zeggen. Zonder waarde bepalen de woorden de datum."


class MijlpaalInvoerSerializer(Invoer):
    """Wat u stuurt voor een nieuwe mijlpaal; de woorden van de termijn zijn genoeg."""

    omschrijving = _woorden("omschrijving")
    termijnTekst = _woorden("termijn_tekst", source="termijn_tekst")  # noqa: N815  the key in JSON
    peildatum = Dagveld(help_text="Datum van de tekst, waarvandaan de woorden tellen; zonder waarde is dat vandaag.")
    begin = Dagveld(allow_null=True, help_text=f"Eerste dag. {ZELF}")
    einde = Dagveld(allow_null=True, help_text=f"Laatste dag. {ZELF}")
    precisie = serializers.ChoiceField(required=False, choices=Precisie.choices, help_text=f"Hoe precies. {ZELF}")
    relatie = serializers.ChoiceField(
        required=False, choices=Relatie.choices, help_text="Hoe de zelf bepaalde dagen bedoeld zijn."
    )
    hardheid = serializers.ChoiceField(
        required=False, choices=Hardheid.choices, help_text="Wettelijk, toezegging, streven of norm."
    )
    naMijlpaal = serializers.IntegerField(  # noqa: N815
        required=False, allow_null=True, source="na_mijlpaal", min_value=1, max_value=2**31 - 1,
        help_text="Nummer van de mijlpaal waarop de termijn volgt; zij krijgt haar datum zodra die is behaald.",
    )  # fmt: skip
    naFase = serializers.ChoiceField(  # noqa: N815
        required=False, source="na_fase", choices=["", *Wetsfase.values],
        help_text="Fase van het wetstraject waarop de termijn volgt.",
    )  # fmt: skip
    voorWie = _woorden("voor_wie", required=False, allow_blank=True, source="voor_wie")  # noqa: N815
    cyclus = _woorden("cyclus", required=False, allow_blank=True)
    bron = _woorden("bron", required=False, allow_blank=True)
    toelichting = serializers.CharField(
        required=False, allow_blank=True, max_length=5000, help_text="Twijfel of leeswijzer bij de termijn."
    )


class MijlpaalWijzigingSerializer(MijlpaalInvoerSerializer):
    """Wat u stuurt om een mijlpaal te wijzigen; wat u weglaat blijft."""

    omschrijving = _woorden("omschrijving", required=False)
    termijnTekst = _woorden("termijn_tekst", required=False, source="termijn_tekst")  # noqa: N815
    reden = serializers.CharField(
        required=False, allow_blank=True, max_length=5000,
        help_text="Waarom de termijn verandert; nodig als de datum later of eerder wordt of vervalt.",
    )  # fmt: skip
    isHerstel = serializers.BooleanField(  # noqa: N815
        required=False, source="is_herstel",
        help_text="Of dit een invoerfout herstelt; dat telt niet als verplaatsing en vraagt een reden.",
    )  # fmt: skip
    versie = serializers.IntegerField(
        required=False, min_value=1, max_value=2**31 - 1,
        help_text="De versie die u voor u had; is de mijlpaal intussen gewijzigd, dan gebeurt er niets (409).",
    )  # fmt: skip
