"""Reactions and dissents in the API."""

from rest_framework import serializers

from maatregelen.models import Reactie, Reactiesoort
from maatregelen.serializers.grondslag import Niveau, Rij


class ReactieSerializer(Rij):
    """Wat een organisatie van een maatregel vindt. Het staat naast de status en verandert die niet."""

    model = Reactie
    onder = "maatregel"
    leeg_toen = ("gewijzigd_op", "versie")

    id = serializers.IntegerField(help_text="Vast nummer van deze reactie.")
    maatregel = serializers.CharField(source="maatregel.code", help_text="Code van de maatregel.")
    organisatie = serializers.CharField(source="organisatie.slug", help_text="Adresnaam van wie dit vindt.")
    afkorting = serializers.CharField(source="organisatie.afkorting")
    soort = serializers.ChoiceField(choices=Reactiesoort.choices)
    tekst = serializers.CharField()
    door = serializers.CharField(source="door.functie", help_text="Functie van wie dit indiende.")
    aangemaakt_op = serializers.DateTimeField()
    ingetrokken_op = serializers.DateTimeField()
    intrekreden = serializers.CharField()
    zicht = Niveau()
    embargo_tot = serializers.DateTimeField(source="stil_tot")
    gewijzigd_op = serializers.DateTimeField()
    versie = serializers.IntegerField()
