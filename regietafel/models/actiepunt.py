"""What somebody said they would do, was asked to do, or offered; by when; and what became of it."""

import datetime
import uuid
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from maatregelen.models import VERPLAATSINGEN, Maatregel, Mijlpaal, Organisatie, Persoon, Precisie, Relatie
from maatregelen.models import Wijzigingssoort as Termijnsoort
from maatregelen.models.grondslag import historie
from maatregelen.models.mijlpaal import Termijn
from regietafel.models.agendapunt import Agendapunt
from regietafel.models.vergadering import Vergadering
from regietafel.models.verslag import Besluit, Verslagregel


class Actiesoort(models.TextChoices):
    ACTIE = "actie", "actie"
    TOEZEGGING = "toezegging", "toezegging"
    AANKONDIGING = "aankondiging", "aankondiging"
    STREVEN = "streven", "streven"
    LOPEND = "lopend", "loopt al"
    OPROEP = "oproep", "oproep"
    VERZOEK = "verzoek", "verzoek"
    AANBOD = "aanbod", "aanbod"
    VERWACHTING = "verwachting", "verwachting"


class Actiestand(models.TextChoices):
    OPEN = "open", "open"
    AFGEROND = "afgerond", "afgerond"
    VERVALLEN = "vervallen", "vervallen"
    GESPLITST = "gesplitst", "gesplitst"


class ActiepuntQuerySet(models.QuerySet["Actiepunt"]):
    def afgesproken(self) -> Self:
        """Those the table agreed on; the others are requests, offers and expectations."""
        return self.filter(is_afgesproken=True)

    def open(self) -> Self:
        """Agreed on, and not done, dropped or split."""
        return self.afgesproken().filter(stand=Actiestand.OPEN)

    def te_laat(self, vandaag: datetime.date) -> Self:
        """Open, and the latest day has passed; a vague one never is."""
        return self.open().filter(einde__lt=vandaag)

    def zonder_trekker(self) -> Self:
        """Open, and nobody's: no organisation with people, and nobody named in words."""
        return self.open().filter(organisatie=None, wie_tekst="")

    def met_verplaatsingen(self) -> Self:
        """Annotated with `aantal_verplaatsingen`: how often its termijn became another one."""
        # Counted beside the rows: with a join they would be grouped, by every column of what is asked with them.
        per_actie = (
            Actiewijziging.objects.filter(actiepunt=OuterRef("pk"), termijnsoort__in=VERPLAATSINGEN)
            .order_by()
            .values("actiepunt")
            .annotate(aantal=Count("pk"))
        )
        return self.annotate(aantal_verplaatsingen=Coalesce(Subquery(per_actie.values("aantal")), 0))


@historie()
class Actiepunt(Verslagregel, Termijn):
    """A termijn without words is none: then `termijn_tekst` and `precisie` are empty."""

    termijn_tekst = models.CharField(
        "termijn in woorden", max_length=250, blank=True, help_text="Wanneer, in de woorden van de tafel."
    )
    precisie = models.CharField("precisie", max_length=10, choices=Precisie, blank=True)
    agendapunt = models.ForeignKey(Agendapunt, on_delete=models.PROTECT, related_name="actiepunten")
    code = models.CharField(
        "code", max_length=60, unique=True, help_text="Kenmerk dat nooit verandert, zoals lrt-2025-03-19-a09."
    )
    besluit = models.ForeignKey(
        Besluit, null=True, blank=True, on_delete=models.PROTECT, related_name="actiepunten", help_text="Volgt uit."
    )
    soort = models.CharField("soort", max_length=15, choices=Actiesoort, default=Actiesoort.ACTIE)
    wat = models.TextField("wat", help_text="Wat er moet gebeuren.")
    organisatie = models.ForeignKey(
        Organisatie,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="actiepunten",
        help_text="Wie het doet; leeg als niemand is aangewezen.",
    )
    wie_tekst = models.CharField(
        "wie, in woorden", max_length=120, blank=True, help_text="Zoals in het stuk: MVRO, samen met SJenV."
    )
    persoon = models.ForeignKey(
        Persoon,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="actiepunten",
        help_text="Wie het doet.",
    )
    is_afgesproken = models.BooleanField(
        "afgesproken", default=True, help_text="Niet aangevinkt: een verzoek, aanbod of verwachting."
    )
    voorwaarde = models.CharField("voorwaarde", max_length=250, blank=True)
    voor_vergadering = models.ForeignKey(
        Vergadering,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="toegezegde_punten",
        help_text="Vergadering waarvoor dit is toegezegd.",
    )
    mijlpaal = models.ForeignKey(
        Mijlpaal,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="actiepunten",
        help_text="Mijlpaal van een maatregel die hetzelfde belooft.",
    )
    stand = models.CharField(
        "stand", max_length=12, choices=Actiestand, default=Actiestand.OPEN, editable=False, db_index=True
    )
    afgerond_op = models.DateField("afgerond op", null=True, editable=False)
    afronding = models.TextField("hoe afgerond", blank=True, editable=False, help_text="Wat het heeft opgeleverd.")
    afgesplitst_van = models.ForeignKey(
        "self", null=True, editable=False, on_delete=models.PROTECT, related_name="afsplitsingen"
    )
    toelichting = models.TextField("toelichting", blank=True, help_text="Twijfel of leeswijzer.")
    maatregelen: "models.ManyToManyField[Maatregel, Any]" = models.ManyToManyField(
        Maatregel, through="Actiemaatregel", blank=True, related_name="actiepunten", help_text="Waar het bij hoort."
    )

    objects: ClassVar[ActiepuntQuerySet] = ActiepuntQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "actiepunt"
        verbose_name_plural = "actiepunten"
        ordering = [F("einde").asc(nulls_last=True), "code"]
        constraints = [
            models.CheckConstraint(name="actiepunt_soort", condition=Q(soort__in=Actiesoort.values)),
            models.CheckConstraint(name="actiepunt_stand", condition=Q(stand__in=Actiestand.values)),
            models.CheckConstraint(name="actiepunt_wat", condition=Q(wat__regex=r"\S")),
            models.CheckConstraint(name="actiepunt_code", condition=Q(code__regex=r"^[0-9a-z]+(-[0-9a-z]+)*$")),
            models.CheckConstraint(name="actiepunt_precisie", condition=Q(precisie__in=["", *Precisie.values])),
            models.CheckConstraint(name="actiepunt_relatie", condition=Q(relatie__in=["", *Relatie.values])),
            models.CheckConstraint(
                name="actiepunt_volgorde", condition=Q(begin=None) | Q(einde=None) | Q(einde__gte=F("begin"))
            ),
            models.CheckConstraint(
                name="actiepunt_zonder_woorden_geen_dag",
                condition=Q(termijn_tekst="", precisie="", begin=None, einde=None)
                | (Q(termijn_tekst__regex=r"\S") & ~Q(precisie="")),
            ),
            models.CheckConstraint(
                name="actiepunt_afgerond",
                condition=Q(stand=Actiestand.OPEN, afgerond_op=None, afronding="")
                | (~Q(stand=Actiestand.OPEN) & Q(afgerond_op__isnull=False) & Q(afronding__regex=r"\S")),
            ),
            models.CheckConstraint(name="actiepunt_niet_van_zichzelf", condition=~Q(afgesplitst_van=F("id"))),
        ]
        indexes = [models.Index(name="actiepunt_open", fields=["einde"], condition=Q(stand="open"))]

    def __str__(self) -> str:
        return self.wat

    def get_absolute_url(self) -> str:
        """Its own page."""
        return f"/actiepunten/{self.code}/"

    def is_te_laat(self, vandaag: datetime.date) -> bool:
        """Whether it is open and its latest day has passed."""
        return self.is_afgesproken and self.stand == Actiestand.OPEN and self.einde is not None and self.einde < vandaag


@historie()
class Actiemaatregel(models.Model):
    """A measure that an action belongs to."""

    actiepunt = models.ForeignKey(Actiepunt, on_delete=models.CASCADE, related_name="+")
    maatregel = models.ForeignKey(Maatregel, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "maatregel bij een actiepunt"
        constraints = [models.UniqueConstraint(name="actie_maatregel_uniek", fields=["actiepunt", "maatregel"])]

    def __str__(self) -> str:
        return f"{self.actiepunt_id}: {self.maatregel_id}"


class Actiewijzigingsoort(models.TextChoices):
    OVERGEDRAGEN = "overgedragen", "overgedragen"
    VERPLAATST = "verplaatst", "termijn gewijzigd"
    GESPLITST = "gesplitst", "gesplitst"
    AFGEROND = "afgerond", "afgerond"
    HEROPEND = "heropend", "heropend"
    VERVALLEN = "vervallen", "vervallen"
    AFGESPROKEN = "afgesproken", "alsnog afgesproken"


@historie()
class Actiewijziging(models.Model):
    """Each time an action changed hands, day or stand: from what, to what, why, by whom. Append-only.

    `per`: the day on which it took effect. The `van_*` say what held before, so that a past day can be answered.
    """

    actiepunt = models.ForeignKey(Actiepunt, on_delete=models.PROTECT, related_name="wijzigingen")
    sleutel = models.UUIDField("sleutel", default=uuid.uuid4, unique=True, editable=False)
    soort = models.CharField("soort", max_length=15, choices=Actiewijzigingsoort)
    termijnsoort = models.CharField(
        "soort termijnwijziging", max_length=12, choices=Termijnsoort, blank=True, help_text="Alleen bij een termijn."
    )
    van_organisatie = models.ForeignKey(Organisatie, null=True, on_delete=models.PROTECT, related_name="+")
    van_persoon = models.ForeignKey(Persoon, null=True, on_delete=models.PROTECT, related_name="+")
    naar_persoon = models.ForeignKey(Persoon, null=True, on_delete=models.PROTECT, related_name="+")
    van_wie_tekst = models.CharField("was van", max_length=120, blank=True)
    naar_organisatie = models.ForeignKey(Organisatie, null=True, on_delete=models.PROTECT, related_name="+")
    naar_wie_tekst = models.CharField("werd van", max_length=120, blank=True)
    van_termijn = models.JSONField("termijn was", default=dict, help_text="De velden van de termijn.")
    naar_termijn = models.JSONField("termijn werd", default=dict)
    van_stand = models.CharField("stand was", max_length=12, choices=Actiestand, blank=True)
    naar_stand = models.CharField("stand werd", max_length=12, choices=Actiestand, blank=True)
    reden = models.TextField("reden", help_text="Waarom dit veranderde.")
    per = models.DateField("per", help_text="Dag waarop dit inging.")
    door = models.ForeignKey(Persoon, null=True, on_delete=models.PROTECT, related_name="+")
    vastgelegd_op = models.DateTimeField("vastgelegd op", default=timezone.now)

    class Meta:
        verbose_name = "wijziging van een actiepunt"
        verbose_name_plural = "wijzigingen van actiepunten"
        ordering = ["vastgelegd_op", "id"]
        constraints = [
            models.CheckConstraint(name="actiewijziging_soort", condition=Q(soort__in=Actiewijzigingsoort.values)),
            models.CheckConstraint(name="actiewijziging_reden", condition=Q(reden__regex=r"\S")),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()}: {self.reden}"
