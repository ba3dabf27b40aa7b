"""Milestones, and the words by which a text names a moment."""

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest, TruncDate

from maatregelen.models.afscherming import Afgeschermd, onder, volgt_uit, zichtgrenzen, zichtindex
from maatregelen.models.grondslag import Dossierstuk, historie
from maatregelen.models.maatregel import AFGEROND, Maatregel
from maatregelen.models.organisatie import Persoon
from maatregelen.models.wetstraject import Wetsfase


class Precisie(models.TextChoices):
    DAG = "dag", "op de dag"
    WEEK = "week", "op de week"
    MAAND = "maand", "op de maand"
    KWARTAAL = "kwartaal", "op het kwartaal"
    HALFJAAR = "halfjaar", "op het halfjaar"
    SEIZOEN = "seizoen", "op het seizoen"
    JAAR = "jaar", "op het jaar"
    PERIODE = "periode", "een periode"
    DUUR = "duur", "een duur"
    VAAG = "vaag", "vaag"


class Relatie(models.TextChoices):
    OP = "op", "op"
    IN = "in", "in"
    VOOR = "voor", "voor"
    UITERLIJK = "uiterlijk", "uiterlijk"
    TOT = "tot", "tot"
    VANAF = "vanaf", "vanaf"
    TUSSEN = "tussen", "tussen"
    BINNEN = "binnen", "binnen"


class Hardheid(models.TextChoices):
    WETTELIJK = "wettelijk", "wettelijk"
    TOEZEGGING = "toezegging", "toezegging"
    STREVEN = "streven", "streven"
    NORM = "norm", "norm"


class Termijn(models.Model):
    """Words that name a moment, and what they are taken to mean. The words always stay; nothing is invented."""

    termijn_tekst = models.CharField(
        "termijn in woorden", max_length=250, help_text="De woorden zoals afgesproken, bijvoorbeeld: voor de zomer."
    )
    begin = models.DateField("begin", null=True, blank=True, help_text="Eerste dag van de termijn, als die er is.")
    einde = models.DateField("einde", null=True, blank=True, help_text="Laatste dag; pas daarna is iets te laat.")
    precisie = models.CharField("precisie", max_length=10, choices=Precisie, help_text="Hoe precies de woorden zijn.")
    relatie = models.CharField(
        "relatie",
        max_length=10,
        choices=Relatie,
        blank=True,
        help_text="Hoe het moment bedoeld is: voor, op, vanaf, binnen. Een duur zonder begin heeft geen relatie.",
    )
    herhaling = models.CharField(
        "herhaling", max_length=20, blank=True, help_text="Hoe vaak het terugkomt, als ISO 8601-duur, bijvoorbeeld P1Y."
    )
    duur = models.CharField("duur", max_length=20, blank=True, help_text="Lengte zonder begin, als ISO 8601-duur.")
    gebeurtenis = models.CharField(
        "na welke gebeurtenis",
        max_length=200,
        blank=True,
        help_text="Waar de duur op volgt: inwerkingtreding.",
    )
    peildatum = models.DateField(
        "gerekend vanaf", help_text="Datum van de tekst: woorden als 'dit najaar' tellen vanaf hier."
    )
    voor_wie = models.CharField("voor wie", max_length=200, blank=True, help_text="Wie het volgens de tekst moet doen.")
    regel_van = models.PositiveIntegerField(
        "van regel", null=True, blank=True, help_text="Eerste regel in de brontekst."
    )
    regel_tot = models.PositiveIntegerField("tot en met regel", null=True, blank=True, help_text="Laatste regel.")
    bron_id = models.CharField("kenmerk in de bron", max_length=40, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_vaag(self) -> bool:
        """Whether no day follows from the words."""
        return self.begin is None and self.einde is None


def termijn_constraints(naam: str) -> list[models.BaseConstraint]:
    """What must always hold of a termijn, for the table called `naam`."""
    return [
        models.CheckConstraint(name=f"{naam}_woorden", condition=Q(termijn_tekst__regex=r"\S")),
        models.CheckConstraint(name=f"{naam}_precisie", condition=Q(precisie__in=Precisie.values)),
        models.CheckConstraint(name=f"{naam}_relatie", condition=Q(relatie__in=["", *Relatie.values])),
        models.CheckConstraint(
            name=f"{naam}_volgorde", condition=Q(begin=None) | Q(einde=None) | Q(einde__gte=F("begin"))
        ),
        models.CheckConstraint(
            name=f"{naam}_vaag_zonder_dag",
            condition=~Q(precisie__in=[Precisie.VAAG, Precisie.DUUR]) | Q(begin=None, einde=None),
        ),
        models.UniqueConstraint(name=f"{naam}_bron_uniek", fields=["maatregel", "bron_id"], condition=~Q(bron_id="")),
    ]


class MijlpaalQuerySet(models.QuerySet["Mijlpaal"]):
    def open(self) -> Self:
        """Not reached, of a measure of a running agenda on which work remains."""
        return self.filter(behaald_op=None, maatregel__pijler__agenda__is_lopend=True).exclude(
            maatregel__status__in=AFGEROND
        )

    def met_sleuteldag(self) -> Self:
        """Annotated with `sleuteldag`: the latest day, or for a 'vanaf' without one the first; null when vague."""
        return self.annotate(
            sleuteldag=Coalesce("einde", "begin"),
            zonder_dag=Case(
                When(begin=None, einde=None, then=Value(True)), default=Value(False), output_field=models.BooleanField()
            ),
        )

    def verlopen(self, vandaag: datetime.date) -> Self:
        """Open, and the latest day has passed: a vague one never has."""
        return self.open().filter(einde__lt=vandaag)

    def komend(self, vandaag: datetime.date, dagen: int) -> Self:
        """Open, and the key day falls from today up to and including `dagen` days ahead."""
        return (
            self.open()
            .met_sleuteldag()
            .filter(sleuteldag__gte=vandaag, sleuteldag__lte=vandaag + datetime.timedelta(days=dagen))
        )

    def met_vaag_sinds(self) -> Self:
        """Annotated with `vaag_sinds`: the day of the text, or the later one on which the termijn lost its days."""
        wijzigingen: Any = self.model._meta.get_field("termijnwijzigingen").related_model
        verloor = (
            wijzigingen.objects.filter(mijlpaal=OuterRef("pk"), naar_begin=None, naar_einde=None)
            .exclude(van_begin=None, van_einde=None)
            .order_by("-vastgelegd_op", "-pk")
        )
        # Greatest of a day and nothing is that day in PostgreSQL.
        laatste = TruncDate(Subquery(verloor.values("vastgelegd_op")[:1]))
        return self.annotate(vaag_sinds=Greatest("peildatum", laatste))

    def lang_vaag(self, vandaag: datetime.date, dagen_per_hardheid: Mapping[str, int]) -> Self:
        """Open and without a day for more days than its hardheid allows; see termijnbewaking.is_lang_vaag.

        Not what hangs on an event, which gives it its day, nor a length without a beginning, which awaits none.
        """
        te_lang = Q(pk__in=[])
        for hardheid, dagen in dagen_per_hardheid.items():
            te_lang |= Q(hardheid=hardheid, vaag_sinds__lt=vandaag - datetime.timedelta(days=dagen))
        wacht = Q(na_mijlpaal__isnull=False) | ~Q(na_fase="")
        zonder_dag = self.open().filter(begin=None, einde=None).exclude(wacht | Q(precisie=Precisie.DUUR))
        return zonder_dag.met_vaag_sinds().filter(te_lang)


@historie()
class Mijlpaal(Dossierstuk, Termijn, Afgeschermd):
    maatregel = models.ForeignKey(Maatregel, on_delete=models.PROTECT, related_name="mijlpalen")
    omschrijving = models.CharField("omschrijving", max_length=250, help_text="Wat er dan klaar moet zijn.")
    hardheid = models.CharField(
        "hardheid",
        max_length=12,
        choices=Hardheid,
        default=Hardheid.TOEZEGGING,
        help_text="Wettelijk: de wet bepaalt het. Toezegging: beloofd. Streven: beoogd. Norm: een vaste regel.",
    )
    cyclus = models.CharField(
        "cyclus", max_length=60, blank=True, help_text="Ronde waar dit bij hoort, zoals Spreidingswet 2026."
    )
    bron = models.CharField(
        "bron", max_length=250, blank=True, help_text="Waar de termijn vandaan komt, als dat niet het stuk zelf is."
    )
    toelichting = models.TextField("toelichting", blank=True, help_text="Twijfel of leeswijzer bij de termijn.")
    na_mijlpaal = models.ForeignKey(
        "self",
        verbose_name="volgt op mijlpaal",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="hangt_eraan",
        help_text="De termijn gaat lopen op de dag waarop deze mijlpaal is behaald.",
    )
    na_fase = models.CharField(
        "volgt op fase",
        max_length=20,
        choices=Wetsfase,
        blank=True,
        help_text="De termijn gaat lopen op de dag waarop het wetstraject van de maatregel deze fase bereikt.",
    )
    vorige = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="volgende",
        help_text="De vorige keer van een termijn die terugkomt.",
    )
    behaald_op = models.DateField(
        "behaald op", null=True, blank=True, editable=False, help_text="Dag waarop het klaar was."
    )
    behaald_bewijs = models.TextField(
        "waaruit dat blijkt", blank=True, editable=False, help_text="Besluit, brief of link."
    )
    behaald_door = models.ForeignKey(Persoon, null=True, editable=False, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[MijlpaalQuerySet] = MijlpaalQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "mijlpaal"
        verbose_name_plural = "mijlpalen"
        ordering = [F("einde").asc(nulls_last=True), F("begin").asc(nulls_last=True), "id"]
        constraints = [
            *termijn_constraints("mijlpaal"),
            models.CheckConstraint(name="mijlpaal_hardheid", condition=Q(hardheid__in=Hardheid.values)),
            models.CheckConstraint(name="mijlpaal_fase", condition=Q(na_fase__in=["", *Wetsfase.values])),
            models.CheckConstraint(name="mijlpaal_hangt_aan_een", condition=Q(na_mijlpaal=None) | Q(na_fase="")),
            models.CheckConstraint(name="mijlpaal_niet_aan_zichzelf", condition=~Q(na_mijlpaal=F("id"))),
            models.CheckConstraint(
                name="mijlpaal_behaald_met_bewijs",
                condition=Q(behaald_op=None, behaald_bewijs="")
                | (Q(behaald_op__isnull=False) & Q(behaald_bewijs__regex=r"\S")),
            ),
            *zichtgrenzen("mijlpaal"),
        ]
        triggers = [volgt_uit("maatregel_id", func=onder("maatregelen_maatregel", "NEW.maatregel_id"))]
        indexes = [
            zichtindex("mijlpaal"),
            models.Index(name="mijlpaal_open", fields=["einde"], condition=Q(behaald_op=None)),
        ]

    def __str__(self) -> str:
        return f"{self.omschrijving} ({self.termijn_tekst})"

    def is_te_laat(self, vandaag: datetime.date) -> bool:
        """Whether its latest day has passed without being reached; a vague one never has."""
        return self.behaald_op is None and self.einde is not None and self.einde < vandaag


@historie()
class Tijdsaanduiding(Termijn):
    """A moment, age or period that a text mentions without it being a deadline: shown, never reminded of."""

    maatregel = models.ForeignKey(Maatregel, on_delete=models.PROTECT, related_name="tijdsaanduidingen")
    soort_tekst = models.CharField(
        "soort volgens de bron", max_length=40, blank=True, help_text="Zoals periode of leeftijdsgrens."
    )

    class Meta:
        verbose_name = "tijdsaanduiding"
        verbose_name_plural = "tijdsaanduidingen"
        ordering = ["regel_van", "id"]
        constraints = termijn_constraints("tijdsaanduiding")

    def __str__(self) -> str:
        return self.termijn_tekst
