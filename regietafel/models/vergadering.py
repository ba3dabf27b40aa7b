"""Meetings of the table: when, who sits at it, who was there, and how far its papers are."""

import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from maatregelen.models import Organisatie, Persoon
from maatregelen.models.afscherming import (
    Afgeschermd,
    Zichtniveau,
    bovenaan,
    deelt_met,
    niet_openbaar_voor,
    volgt_uit,
    zichtgrenzen,
)
from maatregelen.models.grondslag import Dossierstuk, historie
from regietafel.models.sluiting import VERGADERING, alleen_open


class Vergadersoort(models.TextChoices):
    REGULIER = "regulier", "regulier"
    KLEIN = "klein", "klein"
    EXTRA = "extra", "extra"


class Vergaderstaat(models.TextChoices):
    GEPLAND = "gepland", "gepland"
    AGENDA_VERZONDEN = "agenda_verzonden", "agenda verzonden"
    GEHOUDEN = "gehouden", "gehouden"
    VERSLAG_CONCEPT = "verslag_concept", "verslag in concept"
    VERSLAG_VASTGESTELD = "verslag_vastgesteld", "verslag vastgesteld"


# From here on it has taken place, whether or not there are minutes.
GEWEEST = (Vergaderstaat.GEHOUDEN, Vergaderstaat.VERSLAG_CONCEPT, Vergaderstaat.VERSLAG_VASTGESTELD)


@historie()
class Reeks(Dossierstuk):
    """A series of meetings: what each next one starts from."""

    slug = models.SlugField("adresnaam", unique=True, max_length=80, help_text="Naam in het webadres; blijft gelijk.")
    naam = models.CharField("naam", max_length=120, unique=True, help_text="Zoals Landelijke Regietafel Migratie.")
    afkorting = models.CharField("afkorting", max_length=20, help_text="Zoals LRT.")
    duur_minuten = models.PositiveIntegerField("duur in minuten", default=60, help_text="Gewone duur.")
    plaats = models.CharField("plaats", max_length=200, blank=True, help_text="Waar meestal wordt vergaderd.")

    class Meta:
        verbose_name = "reeks"
        verbose_name_plural = "reeksen"
        ordering = ["naam"]
        constraints = [models.CheckConstraint(name="reeks_duur", condition=Q(duur_minuten__gte=5))]

    def __str__(self) -> str:
        return self.naam


class ReekslidQuerySet(models.QuerySet["Reekslid"]):
    def geldig(self, op: datetime.date) -> Self:
        """The members on a day."""
        return self.niet_voorbij(op).filter(vanaf__lte=op)

    def niet_voorbij(self, op: datetime.date) -> Self:
        """The members on a day, and those of later."""
        return self.filter(Q(tot=None) | Q(tot__gt=op))


@historie()
class Reekslid(models.Model):
    """A seat at the table: an office of an organisation, and who holds it."""

    reeks = models.ForeignKey(Reeks, on_delete=models.CASCADE, related_name="leden")
    organisatie = models.ForeignKey(Organisatie, on_delete=models.PROTECT, related_name="+", help_text="Namens wie.")
    ambt = models.CharField("ambt", max_length=200, help_text="Zoals minister van Asiel en Migratie.")
    aanhef = models.CharField("aanhef", max_length=20, blank=True, help_text="Mw., Dhr. of leeg.")
    naam = models.CharField("naam", max_length=120, blank=True, help_text="Wie het ambt bekleedt, als dat bekend is.")
    is_voorzitter = models.BooleanField("voorzitter", default=False)
    volgorde = models.PositiveIntegerField("volgorde", default=0)
    vanaf = models.DateField("vanaf", help_text="Eerste dag van het lidmaatschap.")
    tot = models.DateField("tot", null=True, blank=True, help_text="Eerste dag waarop het niet meer geldt.")

    objects: ClassVar[ReekslidQuerySet] = ReekslidQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "lid van een reeks"
        verbose_name_plural = "leden van een reeks"
        ordering = ["volgorde", "id"]
        constraints = [
            models.CheckConstraint(name="reekslid_periode", condition=Q(tot=None) | Q(tot__gt=F("vanaf"))),
            models.UniqueConstraint(name="reekslid_uniek", fields=["reeks", "organisatie", "ambt", "naam", "vanaf"]),
        ]

    def __str__(self) -> str:
        return f"{self.naam or self.ambt} ({self.organisatie})"


class VergaderingQuerySet(models.QuerySet["Vergadering"]):
    def op_volgorde(self) -> Self:
        """Annotated with `dag` (the day, or the last of an estimate, or its first), oldest first."""
        return self.annotate(dag=Coalesce("datum", "schatting_tot", "schatting_van")).order_by("dag", "id")

    def geweest(self) -> Self:
        """Those that took place."""
        return self.filter(staat__in=GEWEEST)

    def komend(self, vandaag: datetime.date) -> Self:
        """Those that did not take place yet; whatever their estimate said."""
        return self.exclude(staat__in=GEWEEST).op_volgorde()


@historie()
class Vergadering(Dossierstuk, Afgeschermd):
    """A meeting. `datum` is the day itself; without it the words of `datum_tekst` and the estimate say when."""

    zichtbaarheid = models.PositiveSmallIntegerField(
        "zichtbaar voor",
        choices=Zichtniveau,
        default=Zichtniveau.REGIETAFEL,
        help_text="Wie dit en alles wat erbij hoort mag zien. Onderdelen kunnen alleen strenger.",
    )
    slug = models.SlugField("adresnaam", unique=True, max_length=80, help_text="Naam in het webadres; blijft gelijk.")
    reeks = models.ForeignKey(
        Reeks, null=True, blank=True, on_delete=models.PROTECT, related_name="vergaderingen", help_text="Welke tafel."
    )
    soort = models.CharField(
        "soort",
        max_length=12,
        choices=Vergadersoort,
        default=Vergadersoort.REGULIER,
        help_text="Regulier; klein: met minder deelnemers; extra: buiten het gewone ritme.",
    )
    titel = models.CharField("titel", max_length=200, help_text="Zoals Landelijke Regietafel van 19 maart 2025.")
    datum = models.DateField("datum", null=True, blank=True, db_index=True, help_text="Dag van de vergadering.")
    datum_tekst = models.CharField(
        "wanneer, in woorden", max_length=120, blank=True, help_text="Als de dag nog niet vaststaat: voor de zomer."
    )
    schatting_van = models.DateField("niet eerder dan", null=True, blank=True, help_text="Eerste mogelijke dag.")
    schatting_tot = models.DateField("niet later dan", null=True, blank=True, help_text="Laatste mogelijke dag.")
    begintijd = models.TimeField("begintijd", null=True, blank=True)
    duur_minuten = models.PositiveIntegerField("duur in minuten", null=True, blank=True)
    plaats = models.CharField("plaats", max_length=200, blank=True)
    documentdatum = models.DateField(
        "datum van het stuk", null=True, blank=True, help_text="Datum op de agenda of het verslag; niet de vergaderdag."
    )
    kenmerk = models.CharField("kenmerk", max_length=60, blank=True, help_text="Kenmerk van de stukken.")
    secretariaat = models.CharField("secretariaat", max_length=200, blank=True, help_text="Wie de stukken verzorgt.")
    staat = models.CharField(
        "staat",
        max_length=20,
        choices=Vergaderstaat,
        default=Vergaderstaat.GEPLAND,
        editable=False,
        db_index=True,
        help_text="Hoe ver de vergadering en haar stukken zijn.",
    )
    vastgesteld_in = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="stelde_vast",
        help_text="De latere vergadering die het verslag vaststelde.",
    )
    bekend_vanaf = models.DateField(
        "bekend vanaf", help_text="Dag vanaf wanneer van deze vergadering sprake is, bijvoorbeeld in een stuk."
    )
    toelichting = models.TextField("toelichting", blank=True, help_text="Twijfel of leeswijzer.")

    objects: ClassVar[VergaderingQuerySet] = VergaderingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "vergadering"
        verbose_name_plural = "vergaderingen"
        ordering = [F("datum").desc(nulls_first=True), "-id"]
        constraints = [
            models.CheckConstraint(name="vergadering_soort", condition=Q(soort__in=Vergadersoort.values)),
            models.CheckConstraint(name="vergadering_staat", condition=Q(staat__in=Vergaderstaat.values)),
            models.CheckConstraint(name="vergadering_titel", condition=Q(titel__regex=r"\S")),
            models.CheckConstraint(
                name="vergadering_schatting",
                condition=Q(schatting_van=None) | Q(schatting_tot=None) | Q(schatting_tot__gte=F("schatting_van")),
            ),
            models.CheckConstraint(
                name="vergadering_wanneer", condition=Q(datum__isnull=False) | Q(datum_tekst__regex=r"\S")
            ),
            models.CheckConstraint(
                name="vergadering_vastgesteld_door_latere",
                condition=(Q(staat=Vergaderstaat.VERSLAG_VASTGESTELD) & Q(vastgesteld_in__isnull=False))
                | (~Q(staat=Vergaderstaat.VERSLAG_VASTGESTELD) & Q(vastgesteld_in=None)),
            ),
            models.CheckConstraint(name="vergadering_niet_zelf", condition=~Q(vastgesteld_in=F("id"))),
            models.CheckConstraint(name="vergadering_duur", condition=Q(duur_minuten=None) | Q(duur_minuten__gte=5)),
            *zichtgrenzen("vergadering"),
        ]
        triggers = [
            volgt_uit(
                "staat",
                func=bovenaan("NULL::bigint") + niet_openbaar_voor("staat", Vergaderstaat.VERSLAG_VASTGESTELD),
            ),
            deelt_met(("regietafel_agendapunt", "vergadering_id")),
        ]

    def __str__(self) -> str:
        return self.titel

    def get_absolute_url(self) -> str:
        """The page of this meeting."""
        return f"/vergaderingen/{self.slug}/"

    @property
    def is_geweest(self) -> bool:
        """Whether it took place."""
        return self.staat in GEWEEST

    @property
    def is_gesloten(self) -> bool:
        """Whether its minutes were adopted: from then on only an addendum can be added."""
        return self.staat == Vergaderstaat.VERSLAG_VASTGESTELD


@historie()
class Staatwijziging(models.Model):
    """Each step of a meeting, with the day it took effect. Append-only."""

    vergadering = models.ForeignKey(Vergadering, on_delete=models.PROTECT, related_name="staatwijzigingen")
    van = models.CharField("van", max_length=20, choices=Vergaderstaat, blank=True)
    naar = models.CharField("naar", max_length=20, choices=Vergaderstaat)
    per = models.DateField("per", help_text="Dag waarop dit inging.")
    toelichting = models.TextField("toelichting", blank=True)
    door = models.ForeignKey(Persoon, null=True, on_delete=models.PROTECT, related_name="+")
    vastgelegd_op = models.DateTimeField("vastgelegd op", default=timezone.now)

    class Meta:
        verbose_name = "wijziging van de staat"
        verbose_name_plural = "wijzigingen van de staat"
        ordering = ["per", "id"]
        constraints = [
            models.CheckConstraint(name="staatwijziging_naar", condition=Q(naar__in=Vergaderstaat.values)),
            models.CheckConstraint(name="staatwijziging_anders", condition=~Q(van=F("naar"))),
        ]

    def __str__(self) -> str:
        return f"{self.van} → {self.naar}"


class Deelnamerol(models.TextChoices):
    VOORZITTER = "voorzitter", "voorzitter"
    LID = "lid", "lid"
    GAST = "gast", "gast"
    GENOEMD = "genoemd", "genoemd, niet op de lijst"


class Aanwezigheid(models.TextChoices):
    VERWACHT = "verwacht", "nog niet bekend"
    AANWEZIG = "aanwezig", "aanwezig"
    AFWEZIG = "afwezig", "afwezig"
    NIET_VERMELD = "niet_vermeld", "niet vermeld"


class Vervangingsoort(models.TextChoices):
    GEEN = "", "geen vervanging"
    AMBTELIJK = "ambtelijk", "ambtelijke vervanging"
    BESTUURLIJK = "bestuurlijk", "bestuurlijke vervanging"


class DeelnameQuerySet(models.QuerySet["Deelname"]):
    def op_rang(self) -> Self:
        """The chair first, then members and guests in the order of the list."""
        return self.annotate(
            rang=Case(
                When(rol=Deelnamerol.VOORZITTER, then=0),
                When(rol=Deelnamerol.LID, then=1),
                When(rol=Deelnamerol.GAST, then=2),
                default=3,
                output_field=models.IntegerField(),
            )
        ).order_by("rang", "volgorde", "id")


@historie()
class Deelname(Dossierstuk):
    """Somebody at a meeting, or missing from it; also who acts in the minutes without being on the list."""

    vergadering = models.ForeignKey(Vergadering, on_delete=models.PROTECT, related_name="deelnames")
    organisatie = models.ForeignKey(
        Organisatie, null=True, blank=True, on_delete=models.PROTECT, related_name="deelnames", help_text="Namens wie."
    )
    aanhef = models.CharField("aanhef", max_length=20, blank=True, help_text="Mw., Dhr. of leeg.")
    naam = models.CharField("naam", max_length=120, blank=True, help_text="Naam, als die bekend is.")
    ambt = models.CharField("ambt", max_length=200, blank=True, help_text="Zoals minister of directeur.")
    is_ambt_afgeleid = models.BooleanField(
        "ambt afgeleid", default=False, help_text="Het ambt staat niet zo in het stuk, maar volgt eruit."
    )
    rol = models.CharField("rol", max_length=12, choices=Deelnamerol, default=Deelnamerol.LID)
    aanwezigheid = models.CharField(
        "aanwezigheid", max_length=12, choices=Aanwezigheid, default=Aanwezigheid.VERWACHT, help_text="Wie er was."
    )
    vervanging = models.CharField(
        "vervanging", max_length=12, choices=Vervangingsoort, blank=True, help_text="Hoe een afwezige is vervangen."
    )
    vervanger = models.CharField(
        "vervanger", max_length=120, blank=True, help_text="Naam van wie verving; leeg als die niet is genoemd."
    )
    toelichting = models.CharField("toelichting", max_length=250, blank=True)
    volgorde = models.PositiveIntegerField("volgorde", default=0)
    regel_van = models.PositiveIntegerField("regel", null=True, blank=True, help_text="Regel in de brontekst.")

    objects: ClassVar[DeelnameQuerySet] = DeelnameQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "deelname"
        verbose_name_plural = "deelnames"
        ordering = ["volgorde", "id"]
        constraints = [
            models.CheckConstraint(name="deelname_rol", condition=Q(rol__in=Deelnamerol.values)),
            models.CheckConstraint(name="deelname_aanwezigheid", condition=Q(aanwezigheid__in=Aanwezigheid.values)),
            models.CheckConstraint(name="deelname_vervanging", condition=Q(vervanging__in=Vervangingsoort.values)),
            models.CheckConstraint(name="deelname_wie", condition=Q(naam__regex=r"\S") | Q(ambt__regex=r"\S")),
            models.CheckConstraint(
                name="deelname_vervangen_als_afwezig",
                condition=Q(vervanging="", vervanger="") | (Q(aanwezigheid=Aanwezigheid.AFWEZIG) & ~Q(vervanging="")),
            ),
            models.UniqueConstraint(
                name="deelname_een_voorzitter", fields=["vergadering"], condition=Q(rol=Deelnamerol.VOORZITTER)
            ),
        ]
        triggers = [alleen_open(VERGADERING)]

    def __str__(self) -> str:
        wie = " ".join(deel for deel in (self.aanhef, self.naam or self.ambt) if deel)
        return f"{wie} ({self.organisatie})" if self.organisatie else wie
