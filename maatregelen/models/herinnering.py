"""Who follows what, and the ledger of what was told to whom."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from maatregelen.models.grondslag import historie
from maatregelen.models.herinnerregel import Bezorging
from maatregelen.models.maatregel import Maatregel, Statuswijziging
from maatregelen.models.mijlpaal import Mijlpaal
from maatregelen.models.organisatie import Persoon
from maatregelen.models.termijnwijziging import Termijnwijziging


@historie()
class Volger(models.Model):
    """A person who wants to be told when the status or a termijn of a measure changes."""

    maatregel = models.ForeignKey(Maatregel, on_delete=models.CASCADE, related_name="volgers")
    persoon = models.ForeignKey(Persoon, on_delete=models.CASCADE, related_name="volgt")
    sinds = models.DateTimeField("sinds", default=timezone.now, help_text="Wat eerder wijzigde wordt niet gemeld.")

    class Meta:
        verbose_name = "volger"
        verbose_name_plural = "volgers"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(name="volger_uniek", fields=["maatregel", "persoon"])]

    def __str__(self) -> str:
        return f"{self.persoon_id} volgt {self.maatregel_id}"


class Stap(models.TextChoices):
    AANKONDIGING = "aankondiging", "loopt af"
    VOORBIJ = "voorbij", "is voorbij"
    STATUS = "status", "status gewijzigd"
    TERMIJN = "termijn", "termijn gewijzigd"
    NIEUW = "nieuw", "nieuwe maatregel"
    GEWIJZIGD = "gewijzigd", "inhoud gewijzigd"


TERMIJNSTAPPEN = (Stap.AANKONDIGING, Stap.VOORBIJ)
NIEUWSSTAPPEN = (Stap.STATUS, Stap.TERMIJN, Stap.NIEUW, Stap.GEWIJZIGD)


class Hoedanigheid(models.TextChoices):
    """As what a person is told; ordered, the first that holds counts."""

    DOSSIERHOUDER = "dossierhouder", "dossierhouder"
    LEIDINGGEVENDE = "leidinggevende", "leidinggevende"
    AANGEWEZEN = "aangewezen", "aangewezen bij escalatie"
    SECRETARIAAT = "secretariaat", "LRT-secretariaat"
    VOLGER = "volger", "volger"


class Uitkomst(models.TextChoices):
    OPEN = "open", "nog te versturen"
    VERZONDEN = "verzonden", "verzonden"
    NIET_MEER_NODIG = "niet_meer_nodig", "niet meer nodig"
    GEWEIGERD = "geweigerd", "geweigerd door de mailserver"


class HerinneringQuerySet(models.QuerySet["Herinnering"]):
    def te_versturen(self) -> Self:
        """Ledger rows that were never handed over, oldest first."""
        return self.filter(uitkomst=Uitkomst.OPEN).order_by("id")


class Herinnering(models.Model):
    """A row of the ledger, written before it is sent: this person is told this, about this version of the date."""

    persoon = models.ForeignKey(Persoon, on_delete=models.PROTECT, related_name="herinneringen")
    maatregel = models.ForeignKey(Maatregel, on_delete=models.PROTECT, related_name="herinneringen")
    mijlpaal = models.ForeignKey(Mijlpaal, null=True, on_delete=models.PROTECT, related_name="herinneringen")
    statuswijziging = models.ForeignKey(
        Statuswijziging, null=True, on_delete=models.PROTECT, related_name="herinneringen"
    )
    termijnwijziging = models.ForeignKey(
        Termijnwijziging, null=True, on_delete=models.PROTECT, related_name="herinneringen"
    )
    stap = models.CharField("stap", max_length=15, choices=Stap, help_text="Wat er wordt gemeld.")
    trede = models.SmallIntegerField(
        "trede",
        default=0,
        help_text="Stap van het schema: dagen voor de uiterste dag, of dagen erna. -1: de ene keer voor een volger.",
    )
    sleuteldag = models.DateField(
        "over de datum", null=True, help_text="De uiterste dag zoals die toen gold; bij nieuws de dag ervan."
    )
    hoedanigheid = models.CharField("als", max_length=15, choices=Hoedanigheid, default=Hoedanigheid.VOLGER)
    reden = models.CharField(
        "waarom deze persoon", max_length=200, help_text="In welke hoedanigheid iemand dit krijgt."
    )
    bezorging = models.CharField("bezorging", max_length=6, choices=Bezorging, default=Bezorging.DIRECT)
    bezorgen_op = models.DateField(
        "bezorgen vanaf", default=timezone.localdate, help_text="Eerste dag waarop dit in de post mag."
    )
    vandaag = models.DateField("beoordeeld op", help_text="De dag waarop de termijn is beoordeeld.")
    uitkomst = models.CharField("uitkomst", max_length=20, choices=Uitkomst, default=Uitkomst.OPEN)
    gepland_op = models.DateTimeField("vastgelegd op", default=timezone.now)
    afgehandeld_op = models.DateTimeField("afgehandeld op", null=True)
    pogingen = models.PositiveIntegerField("pogingen", default=0)
    laatste_fout = models.CharField("laatste fout", max_length=250, blank=True)
    kenmerk = models.CharField("kenmerk van de mail", max_length=200, blank=True, help_text="Message-ID van de mail.")

    objects: ClassVar[HerinneringQuerySet] = HerinneringQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "herinnering"
        verbose_name_plural = "herinneringen"
        ordering = ["-id"]
        indexes = [
            models.Index(name="herinnering_open", fields=["id"], condition=Q(uitkomst="open")),
            # The day on which a person last had an overview: what comes after it waits for the next.
            models.Index(
                name="herinnering_overzicht",
                fields=["persoon", "bezorging", "bezorgen_op"],
                condition=Q(uitkomst="verzonden") & ~Q(bezorging="direct"),
            ),
        ]
        constraints = [
            models.CheckConstraint(name="herinnering_stap", condition=Q(stap__in=Stap.values)),
            models.CheckConstraint(name="herinnering_uitkomst", condition=Q(uitkomst__in=Uitkomst.values)),
            models.CheckConstraint(name="herinnering_hoedanigheid", condition=Q(hoedanigheid__in=Hoedanigheid.values)),
            models.CheckConstraint(name="herinnering_bezorging", condition=Q(bezorging__in=["direct", "dag", "week"])),
            models.CheckConstraint(
                name="herinnering_over_een_ding",
                condition=Q(
                    stap__in=TERMIJNSTAPPEN,
                    mijlpaal__isnull=False,
                    sleuteldag__isnull=False,
                    statuswijziging=None,
                    termijnwijziging=None,
                )
                | Q(stap=Stap.STATUS, statuswijziging__isnull=False, mijlpaal=None, termijnwijziging=None)
                | Q(stap=Stap.TERMIJN, termijnwijziging__isnull=False, mijlpaal=None, statuswijziging=None)
                | Q(
                    stap__in=[Stap.NIEUW, Stap.GEWIJZIGD],
                    sleuteldag__isnull=False,
                    mijlpaal=None,
                    statuswijziging=None,
                    termijnwijziging=None,
                ),
            ),
            models.CheckConstraint(
                name="herinnering_afgehandeld",
                condition=Q(uitkomst=Uitkomst.OPEN, afgehandeld_op=None)
                | (~Q(uitkomst=Uitkomst.OPEN) & Q(afgehandeld_op__isnull=False)),
            ),
            # One key for every kind of message: this person is told this once.
            models.UniqueConstraint(
                name="herinnering_eenmaal",
                fields=[
                    "persoon", "maatregel", "stap", "mijlpaal", "trede", "sleuteldag", "statuswijziging",
                    "termijnwijziging",
                ],
                nulls_distinct=False,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_stap_display()} aan {self.persoon_id} over {self.maatregel_id}"
