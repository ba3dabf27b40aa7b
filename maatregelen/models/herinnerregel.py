"""How reminding is set: the steps per kind of termijn, who is told when nothing happens, and what a person wants."""

import datetime
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from maatregelen.models.grondslag import historie
from maatregelen.models.mijlpaal import Hardheid, Mijlpaal, Precisie
from maatregelen.models.organisatie import Organisatie, Persoon


class Fijnheid(models.TextChoices):
    """How sharp a moment is, as far as reminding goes."""

    DAG = "dag", "op de dag"
    MAAND = "maand", "op de week of maand"
    RUIM = "ruim", "kwartaal, seizoen of langer"
    VAAG = "vaag", "vaag: zonder dag"


FIJNHEID_VAN: dict[str, Fijnheid] = {
    Precisie.DAG: Fijnheid.DAG,
    Precisie.WEEK: Fijnheid.MAAND,
    Precisie.MAAND: Fijnheid.MAAND,
    Precisie.KWARTAAL: Fijnheid.RUIM,
    Precisie.HALFJAAR: Fijnheid.RUIM,
    Precisie.SEIZOEN: Fijnheid.RUIM,
    Precisie.JAAR: Fijnheid.RUIM,
    Precisie.PERIODE: Fijnheid.RUIM,
    Precisie.DUUR: Fijnheid.VAAG,
    Precisie.VAAG: Fijnheid.VAAG,
}


@historie()
class Herinnerregel(models.Model):
    """The steps of reminding for one kind of termijn, where the beheerder chose other ones than the product's own."""

    hardheid = models.CharField("hardheid", max_length=12, choices=Hardheid)
    fijnheid = models.CharField("hoe precies", max_length=6, choices=Fijnheid)
    vooraf = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name="dagen vooraf",
        default=list,
        blank=True,
        help_text="Hoeveel dagen voor de uiterste dag er een herinnering uitgaat; 0 is de dag zelf.",
    )
    stil_na_begin = models.PositiveSmallIntegerField(
        "stil na het begin", default=0, help_text="Aantal dagen na het begin van de periode waarin niets uitgaat."
    )
    daarna_elke = models.PositiveSmallIntegerField(
        "daarna elke", default=7, help_text="Om de hoeveel dagen na de uiterste dag; 0 is eenmaal."
    )
    stopt_na = models.PositiveSmallIntegerField(
        "stopt na", default=91, help_text="Aantal dagen na de uiterste dag waarna geen herinnering meer uitgaat."
    )
    vaag_na = models.PositiveSmallIntegerField(
        "lang vaag na", default=180, help_text="Aantal dagen waarna een termijn zonder dag 'al lang vaag' heet."
    )
    versie = models.PositiveIntegerField("versie", default=1, editable=False)

    class Meta:
        verbose_name = "herinnerregel"
        verbose_name_plural = "herinnerregels"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="herinnerregel_uniek", fields=["hardheid", "fijnheid"]),
            models.CheckConstraint(name="herinnerregel_hardheid", condition=Q(hardheid__in=Hardheid.values)),
            models.CheckConstraint(name="herinnerregel_fijnheid", condition=Q(fijnheid__in=Fijnheid.values)),
        ]

    def __str__(self) -> str:
        return f"{self.get_hardheid_display()}, {self.get_fijnheid_display()}"


class Escalatiedoel(models.TextChoices):
    LEIDINGGEVENDE = "leidinggevende", "de leidinggevende van de dossierhouder"
    PERSOON = "persoon", "een vaste persoon"
    SECRETARIAAT = "secretariaat", "het LRT-secretariaat"


@historie()
class Escalatie(models.Model):
    """Who is told as well when a termijn stays past; an organisation's own steps replace those for everybody."""

    organisatie = models.ForeignKey(
        Organisatie,
        verbose_name="organisatie",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="escalaties",
        help_text="Leeg: voor elke organisatie zonder eigen stappen.",
    )
    na_dagen = models.PositiveSmallIntegerField("na dagen", help_text="Aantal dagen na de uiterste dag.")
    doel = models.CharField("naar", max_length=15, choices=Escalatiedoel)
    persoon = models.ForeignKey(
        Persoon, verbose_name="persoon", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "escalatiestap"
        verbose_name_plural = "escalatiestappen"
        ordering = ["na_dagen", "id"]
        constraints = [
            models.CheckConstraint(name="escalatie_doel", condition=Q(doel__in=Escalatiedoel.values)),
            models.CheckConstraint(
                name="escalatie_persoon",
                condition=Q(doel=Escalatiedoel.PERSOON, persoon__isnull=False)
                | (~Q(doel=Escalatiedoel.PERSOON) & Q(persoon=None)),
            ),
            models.UniqueConstraint(
                name="escalatie_uniek", fields=["organisatie", "na_dagen", "doel", "persoon"], nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"na {self.na_dagen} dagen {self.persoon or self.get_doel_display()}"


class Bezorging(models.TextChoices):
    DIRECT = "direct", "meteen, per bericht"
    DAG = "dag", "één overzicht per werkdag"
    WEEK = "week", "één overzicht per week"
    GEEN = "geen", "geen mail"


@historie()
class Berichtvoorkeur(models.Model):
    """How a person wants mail; who chose nothing gets it at once."""

    persoon = models.OneToOneField(Persoon, on_delete=models.CASCADE, related_name="berichtvoorkeur")
    eigen = models.CharField(
        "over eigen maatregelen",
        max_length=6,
        choices=[keuze for keuze in Bezorging.choices if keuze[0] != Bezorging.GEEN],
        default=Bezorging.DIRECT,
        help_text="Termijnen waarvoor u of uw organisatie verantwoordelijk is. Die kunnen niet uit.",
    )
    gevolgd = models.CharField(
        "over wat u volgt",
        max_length=6,
        choices=Bezorging,
        default=Bezorging.DIRECT,
        help_text="Maatregelen en selecties die u zelf bent gaan volgen.",
    )
    versie = models.PositiveIntegerField("versie", default=1, editable=False)

    class Meta:
        verbose_name = "berichtvoorkeur"
        verbose_name_plural = "berichtvoorkeuren"
        constraints = [
            models.CheckConstraint(name="berichtvoorkeur_eigen", condition=Q(eigen__in=["direct", "dag", "week"])),
            models.CheckConstraint(name="berichtvoorkeur_gevolgd", condition=Q(gevolgd__in=Bezorging.values)),
        ]

    def __str__(self) -> str:
        return f"voorkeur van {self.persoon_id}"


class PeriodeQuerySet(models.QuerySet["Vervanging"]):
    def geldig(self, op: datetime.date) -> Self:
        """Replacements in force on a day."""
        return self.filter(van__lte=op, tot_en_met__gte=op)


@historie()
class Vervanging(models.Model):
    """During an absence somebody else gets the reminders."""

    persoon = models.ForeignKey(Persoon, on_delete=models.CASCADE, related_name="vervangingen")
    vervanger = models.ForeignKey(Persoon, verbose_name="vervanger", on_delete=models.PROTECT, related_name="vervangt")
    van = models.DateField("van", help_text="Eerste dag van de afwezigheid.")
    tot_en_met = models.DateField("tot en met", help_text="Laatste dag van de afwezigheid.")

    objects: ClassVar[PeriodeQuerySet] = PeriodeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "vervanging"
        verbose_name_plural = "vervangingen"
        ordering = ["van", "id"]
        constraints = [
            models.CheckConstraint(name="vervanging_periode", condition=Q(tot_en_met__gte=F("van"))),
            models.CheckConstraint(name="vervanging_ander", condition=~Q(persoon=F("vervanger"))),
        ]

    def __str__(self) -> str:
        return f"{self.vervanger_id} vervangt {self.persoon_id}"


class UitstelQuerySet(models.QuerySet["Uitstel"]):
    def geldig(self, op: datetime.date) -> Self:
        """Snoozes in force on a day: from `tot` on there is reminding again."""
        return self.filter(tot__gt=op, ingetrokken_op=None)


@historie()
class Uitstel(models.Model):
    """A person is not reminded of one termijn until a day, for a reason that others see. Escalation goes on."""

    mijlpaal = models.ForeignKey(Mijlpaal, on_delete=models.CASCADE, related_name="uitstellen")
    persoon = models.ForeignKey(Persoon, on_delete=models.CASCADE, related_name="uitstellen")
    tot = models.DateField("tot", help_text="Vanaf deze dag gaan er weer herinneringen uit.")
    reden = models.CharField("reden", max_length=250, help_text="Waarom; anderen zien dit bij de maatregel.")
    vastgelegd_op = models.DateTimeField("vastgelegd op", default=timezone.now)
    ingetrokken_op = models.DateTimeField("ingetrokken op", null=True)

    objects: ClassVar[UitstelQuerySet] = UitstelQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "uitstel van herinneringen"
        verbose_name_plural = "uitstel van herinneringen"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="uitstel_reden", condition=Q(reden__regex=r"\S")),
            models.UniqueConstraint(
                name="uitstel_uniek", fields=["mijlpaal", "persoon"], condition=Q(ingetrokken_op=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.persoon_id} tot {self.tot}"
