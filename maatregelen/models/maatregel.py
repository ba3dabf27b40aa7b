"""Measures, who is involved, how they stand, and how they live on."""

from typing import Any, ClassVar, Protocol, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from maatregelen.models.afscherming import (
    Afgeschermd,
    Publicatie,
    deelt_met,
    en_onder,
    niet_openbaar_voor,
    onder,
    volgt_uit,
    zichtgrenzen,
    zichtindex,
)
from maatregelen.models.agenda import Agenda, Pijler
from maatregelen.models.grondslag import Dossierstuk, historie
from maatregelen.models.organisatie import Organisatie, Organisatiesoort, Persoon


class Status(models.TextChoices):
    AANGEKONDIGD = "aangekondigd", "aangekondigd"
    IN_VOORBEREIDING = "in_voorbereiding", "in voorbereiding"
    IN_UITVOERING = "in_uitvoering", "in uitvoering"
    AANGEHOUDEN = "aangehouden", "aangehouden"
    UITGEVOERD = "uitgevoerd", "uitgevoerd"
    AFGESLOTEN = "afgesloten", "afgesloten"
    VERVALLEN = "vervallen", "vervallen"


AFGEROND = (Status.UITGEVOERD, Status.AFGESLOTEN, Status.VERVALLEN)


class Voortgang(models.TextChoices):
    NIET_GEMELD = "niet_gemeld", "niet gemeld"
    OP_SCHEMA = "op_schema", "op schema"
    AANDACHT = "aandacht", "vraagt aandacht"
    VERTRAAGD = "vertraagd", "vertraagd"


class Maatregelsoort(models.TextChoices):
    WETGEVING = "wetgeving", "wetgeving"
    BESLUIT = "besluit", "besluit"
    BELEID = "beleid", "beleid"
    FINANCIEEL = "financieel", "financieel"
    PILOT = "pilot", "pilot"
    INTERNATIONAAL = "internationaal", "internationaal"
    ONDERZOEK = "onderzoek", "onderzoek of verkenning"
    UITVOERING = "uitvoering", "uitvoering"
    OVERLEG = "overleg", "overleg"


class Aard(models.TextChoices):
    MAATREGEL = "maatregel", "maatregel"
    AANGEKONDIGD = "aangekondigd", "aangekondigd"
    UITGANGSPUNT = "uitgangspunt", "uitgangspunt"
    DOEL = "doel", "doel"
    BESTAAND_BELEID = "bestaand_beleid", "bestaand beleid"
    ONGEWIJZIGD_BELEID = "ongewijzigd_beleid", "ongewijzigd beleid"
    AFGEROND = "afgerond", "afgerond"
    CONTEXT = "context", "context of zorg"
    VERZOEK = "verzoek", "verzoek"
    VOORSTEL = "voorstel", "voorstel"
    AANBOD = "aanbod", "aanbod"


class BetrokkenheidRol(models.TextChoices):
    VERANTWOORDELIJK = "verantwoordelijk", "verantwoordelijk"
    UITVOERDER = "uitvoerder", "uitvoerder"
    BETROKKEN = "betrokken", "betrokken"


class Herkomst(models.TextChoices):
    GENOEMD = "genoemd", "genoemd in de tekst"
    GEERFD = "geerfd", "volgt uit de pijler"
    TOEGEWEZEN = "toegewezen", "later toegewezen"


# What of a measure can be kept within the Rijk by itself: (name, what the reader calls it).
INTERNE_VELDEN = [
    ("toelichting", "de toelichting"),
    ("voorwaarde", "de voorwaarde"),
    ("voortgang", "de voortgang en de zin daarbij"),
]


class Selectie(Protocol):
    """What narrows the measures down, as a Volgfilter holds it: None or an empty text for what does not matter."""

    agenda_id: int | None
    pijler_id: int | None
    organisatie_id: int | None
    thema_id: int | None
    status: str


class MaatregelQuerySet(models.QuerySet["Maatregel"]):
    def lopend(self) -> Self:
        """Measures of running agendas that are not finished."""
        return self.filter(pijler__agenda__is_lopend=True).exclude(status__in=AFGEROND)

    def van_filter(self, volgfilter: Selectie) -> Self:
        """Measures of a followed selection as of today: all that it names must hold.

        An organisation counts where it must do the work, by its own name and not by that of who took over; a pijler
        is that one, without its parts: the same measures as the list shows.
        """
        rijen = self
        if volgfilter.agenda_id is not None:
            rijen = rijen.filter(pijler__agenda=volgfilter.agenda_id)
        if volgfilter.pijler_id is not None:
            rijen = rijen.filter(pijler=volgfilter.pijler_id)
        if volgfilter.organisatie_id is not None:
            trekker = Betrokkenheid.objects.trekkers().filter(organisatie=volgfilter.organisatie_id)
            rijen = rijen.filter(Exists(trekker.filter(maatregel=OuterRef("pk"))))
        if volgfilter.thema_id is not None:
            rijen = rijen.filter(
                Exists(Themaplaats.objects.filter(maatregel=OuterRef("pk"), thema=volgfilter.thema_id))
            )
        if volgfilter.status:
            rijen = rijen.filter(status=volgfilter.status)
        return rijen

    def met_trekker(self) -> Self:
        """Annotated with `heeft_trekker`: an organisation with people is responsible today."""
        return self.annotate(heeft_trekker=Exists(Betrokkenheid.objects.trekkers().filter(maatregel=OuterRef("pk"))))

    def met_stand_gemeld(self) -> Self:
        """Annotated with `stand_gemeld`: a person has said here how it stands; a loaded document is not a report."""
        return self.annotate(
            stand_gemeld=Case(
                When(voortgang_op__isnull=False, then=Value(True)),
                default=Exists(Statuswijziging.objects.filter(maatregel=OuterRef("pk"), door__isnull=False)),
                output_field=models.BooleanField(),
            )
        )

    def met_reacties(self) -> Self:
        """Annotated with `aantal_reacties` and `aantal_afwijkend`: what organisations say of it, if not withdrawn."""
        # Reactions know their measure, not the other way round.
        reacties: Any = Maatregel._meta.get_field("reacties").related_model
        staand = reacties.objects.filter(maatregel=OuterRef("pk"), ingetrokken_op=None).order_by()
        per_maatregel = staand.values("maatregel").annotate(aantal=Count("*")).values("aantal")
        return self.annotate(
            aantal_reacties=Coalesce(Subquery(per_maatregel), 0),
            aantal_afwijkend=Coalesce(Subquery(per_maatregel.filter(soort="afwijkend")), 0),
        )

    def voor_lijst(self, mijlpalen: models.QuerySet[Any] | None = None) -> Self:
        """With what a row of a list shows: agenda, section, who is responsible, milestones; always three queries.

        `mijlpalen` asks for the milestones with annotations.
        """
        return (
            self.met_reacties()
            .select_related("pijler__agenda")
            .prefetch_related(
                Prefetch(
                    "betrokkenheden",
                    queryset=Betrokkenheid.objects.geldend()
                    .filter(rol=BetrokkenheidRol.VERANTWOORDELIJK)
                    .select_related("organisatie__opvolger"),
                    to_attr="verantwoordelijken",
                ),
                Prefetch("mijlpalen", queryset=mijlpalen),
            )
        )


@historie()
class Maatregel(Dossierstuk, Afgeschermd):
    code = models.CharField(
        "code",
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[0-9a-z]+(-[0-9a-z]+)*$", "Gebruik kleine letters, cijfers en streepjes.")],
        help_text="Leesbaar kenmerk dat nooit verandert, zoals 2024-2-03.",
    )
    pijler = models.ForeignKey(
        Pijler, on_delete=models.PROTECT, related_name="maatregelen", help_text="Pijler van de agenda waarin dit staat."
    )
    bovenliggend = models.ForeignKey(
        "self",
        verbose_name="onderdeel van",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="onderdelen",
        help_text="Maatregel waar deze een onderdeel van is.",
    )
    volgorde = models.PositiveIntegerField("volgorde", default=0, help_text="Plaats binnen de pijler.")
    titel = models.CharField("titel", max_length=250, help_text="Wat er moet gebeuren, in één regel.")
    soort = models.CharField("soort", max_length=20, choices=Maatregelsoort, help_text="Met welk middel dit gebeurt.")
    aard = models.CharField(
        "aard",
        max_length=20,
        choices=Aard,
        default=Aard.MAATREGEL,
        help_text="Onderscheidt maatregelen van uitgangspunten, doelen, verzoeken, aanbod en zorgen.",
    )
    geaccordeerd = models.BooleanField(
        "geaccordeerd", default=True, help_text="Niet aangevinkt: een PM-punt, waarover nog geen overeenstemming is."
    )
    voorwaarde = models.TextField(
        "voorwaarde", blank=True, help_text="Waar de maatregel van afhangt, als de tekst dat zegt."
    )
    verwijzingen = ArrayField(
        models.CharField(max_length=250),
        verbose_name="verwijzingen",
        default=list,
        blank=True,
        help_text="Kamerstukken, moties en wetten waarnaar de tekst verwijst.",
    )
    toelichting = models.TextField(
        "toelichting", blank=True, help_text="Twijfel, context of leeswijzer bij de maatregel."
    )
    regel_van = models.PositiveIntegerField(
        "van regel", null=True, blank=True, help_text="Eerste regel in de brontekst."
    )
    regel_tot = models.PositiveIntegerField("tot en met regel", null=True, blank=True, help_text="Laatste regel.")
    geldt_vanaf = models.DateField(
        "geldt vanaf", db_index=True, help_text="Dag waarop de maatregel is afgesproken of aangekondigd."
    )
    status = models.CharField(
        "status",
        max_length=20,
        choices=Status,
        default=Status.AANGEKONDIGD,
        editable=False,
        db_index=True,
        help_text="Waar de maatregel is. Wijzigt alleen met een reden, en elke wijziging blijft bewaard.",
    )
    voortgang = models.CharField(
        "voortgang",
        max_length=20,
        choices=Voortgang,
        default=Voortgang.NIET_GEMELD,
        editable=False,
        help_text="Hoe het volgens de verantwoordelijke gaat: diens woord, met een datum en een zin.",
    )
    voortgang_op = models.DateField("voortgang gemeld op", null=True, editable=False, help_text="Dag van de melding.")
    voortgang_toelichting = models.TextField(
        "voortgang in een zin", blank=True, editable=False, help_text="Diens woorden."
    )
    voortgang_door = models.ForeignKey(
        Persoon, null=True, editable=False, on_delete=models.PROTECT, related_name="+", help_text="Wie dit meldde."
    )
    publicatie = models.CharField(
        "publicatie",
        max_length=12,
        choices=Publicatie,
        default=Publicatie.CONCEPT,
        editable=False,
        help_text="Hoe ver dit hier is: alleen wat is vastgesteld kan voor iedereen zichtbaar zijn.",
    )
    interne_velden = ArrayField(
        models.CharField(max_length=20, choices=INTERNE_VELDEN),
        verbose_name="alleen voor het Rijk",
        default=list,
        blank=True,
        help_text="Onderdelen die partners en publiek niet zien, ook als zij de maatregel zien.",
    )

    objects: ClassVar[MaatregelQuerySet] = MaatregelQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "maatregel"
        verbose_name_plural = "maatregelen"
        ordering = ["-pijler__agenda__geldt_vanaf", "pijler__volgorde", "volgorde", "code"]
        constraints = [
            models.CheckConstraint(name="maatregel_code", condition=Q(code__regex=r"^[0-9a-z]+(-[0-9a-z]+)*$")),
            models.CheckConstraint(name="maatregel_titel", condition=~Q(titel="")),
            models.CheckConstraint(name="maatregel_soort", condition=Q(soort__in=Maatregelsoort.values)),
            models.CheckConstraint(name="maatregel_aard", condition=Q(aard__in=Aard.values)),
            models.CheckConstraint(name="maatregel_status", condition=Q(status__in=Status.values)),
            models.CheckConstraint(
                name="maatregel_niet_onder_zichzelf", condition=Q(bovenliggend=None) | ~Q(bovenliggend=F("id"))
            ),
            models.CheckConstraint(
                name="maatregel_voortgang_met_datum_en_zin",
                condition=Q(voortgang=Voortgang.NIET_GEMELD, voortgang_op=None, voortgang_toelichting="")
                | (
                    Q(voortgang__in=[Voortgang.OP_SCHEMA, Voortgang.AANDACHT, Voortgang.VERTRAAGD])
                    & Q(voortgang_op__isnull=False)
                    & ~Q(voortgang_toelichting="")
                ),
            ),
            models.CheckConstraint(
                name="maatregel_regels",
                condition=Q(regel_van=None, regel_tot=None) | Q(regel_van__gte=1, regel_tot__gte=F("regel_van")),
            ),
            models.CheckConstraint(name="maatregel_publicatie", condition=Q(publicatie__in=Publicatie.values)),
            models.CheckConstraint(
                name="maatregel_interne_velden",
                condition=Q(interne_velden__contained_by=[naam for naam, _ in INTERNE_VELDEN]),
            ),
            *zichtgrenzen("maatregel"),
        ]
        indexes = [zichtindex("maatregel")]
        triggers = [
            volgt_uit(
                "pijler_id",
                "bovenliggend_id",
                "publicatie",
                func=onder("maatregelen_pijler", "NEW.pijler_id")
                + en_onder("maatregelen_maatregel", "NEW.bovenliggend_id")
                + niet_openbaar_voor("publicatie", Publicatie.VASTGESTELD),
            ),
            deelt_met(
                ("maatregelen_maatregel", "bovenliggend_id"),
                ("maatregelen_mijlpaal", "maatregel_id"),
                ("maatregelen_reactie", "maatregel_id"),
            ),
            pgtrigger.Trigger(
                name="zelfde_agenda",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__bovenliggend__isnull=False),
                func=pgtrigger.Func(
                    "IF (SELECT p.agenda_id FROM maatregelen_maatregel b JOIN maatregelen_pijler p "
                    "ON p.id = b.pijler_id WHERE b.id = NEW.bovenliggend_id) IS DISTINCT FROM "
                    "(SELECT p.agenda_id FROM maatregelen_pijler p WHERE p.id = NEW.pijler_id) THEN "
                    "RAISE EXCEPTION 'onderdeel en hoofdmaatregel horen bij verschillende agendas' "
                    "USING ERRCODE = 'check_violation'; END IF; RETURN NEW;"
                ),
            ),
            # The one writer of status inserts the change first; anything else that touches the column is refused here.
            pgtrigger.Trigger(
                name="status_heeft_een_schrijver",
                operation=pgtrigger.UpdateOf("status"),
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__status__df=pgtrigger.F("new__status")),
                func=pgtrigger.Func(
                    "IF (SELECT s.naar FROM maatregelen_statuswijziging s WHERE s.maatregel_id = NEW.id "
                    "ORDER BY s.id DESC LIMIT 1) IS DISTINCT FROM NEW.status THEN "
                    "RAISE EXCEPTION 'status wijzigt alleen met een statuswijziging' "
                    "USING ERRCODE = 'check_violation'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.titel}"

    def get_absolute_url(self) -> str:
        """The page of this measure."""
        return f"/maatregelen/{self.code}/"

    @property
    def is_afgerond(self) -> bool:
        """Whether nothing remains to be done."""
        return self.status in AFGEROND


class BetrokkenheidQuerySet(models.QuerySet["Betrokkenheid"]):
    def geldend(self) -> Self:
        """Involvement that has not been ended."""
        return self.filter(tot=None)

    def trekkers(self) -> Self:
        """Who must do it, as of now: responsible, and an organisation with people rather than a generic word."""
        return (
            self.geldend()
            .filter(rol=BetrokkenheidRol.VERANTWOORDELIJK)
            .exclude(organisatie__soort=Organisatiesoort.AANDUIDING)
        )


@historie()
class Betrokkenheid(models.Model):
    maatregel = models.ForeignKey(Maatregel, on_delete=models.PROTECT, related_name="betrokkenheden")
    organisatie = models.ForeignKey(
        Organisatie, on_delete=models.PROTECT, related_name="betrokkenheden", help_text="Wie het betreft."
    )
    rol = models.CharField(
        "rol",
        max_length=20,
        choices=BetrokkenheidRol,
        help_text="Verantwoordelijk: legt verantwoording af. Uitvoerder: voert uit. Betrokken: werkt of praat mee.",
    )
    herkomst = models.CharField(
        "herkomst",
        max_length=20,
        choices=Herkomst,
        help_text="Of de tekst het noemt, het uit de pijler volgt, of later is toegewezen.",
    )
    volgorde = models.PositiveIntegerField("volgorde", default=0)
    vanaf = models.DateField("vanaf", help_text="Eerste dag van de betrokkenheid.")
    tot = models.DateField("tot", null=True, blank=True, help_text="Eerste dag waarop zij niet meer geldt.")
    reden = models.CharField("reden", max_length=250, blank=True, help_text="Waarom dit is toegewezen of beëindigd.")
    door = models.ForeignKey(Persoon, null=True, on_delete=models.PROTECT, related_name="+", editable=False)

    objects: ClassVar[BetrokkenheidQuerySet] = BetrokkenheidQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "betrokkenheid"
        verbose_name_plural = "betrokkenheden"
        ordering = ["volgorde", "id"]
        constraints = [
            models.CheckConstraint(name="betrokkenheid_rol", condition=Q(rol__in=BetrokkenheidRol.values)),
            models.CheckConstraint(name="betrokkenheid_herkomst", condition=Q(herkomst__in=Herkomst.values)),
            models.CheckConstraint(name="betrokkenheid_periode", condition=Q(tot=None) | Q(tot__gte=F("vanaf"))),
            models.UniqueConstraint(
                name="betrokkenheid_uniek",
                fields=["maatregel", "organisatie", "rol", "herkomst"],
                condition=Q(tot=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisatie} ({self.get_rol_display()})"


@historie()
class Statuswijziging(models.Model):
    """History and mail queue at once: what moved, by whom, from which day, why. Rows are only ever added."""

    maatregel = models.ForeignKey(Maatregel, on_delete=models.PROTECT, related_name="statuswijzigingen")
    van = models.CharField(
        "van", max_length=20, choices=Status, null=True, help_text="Vorige status; leeg bij de eerste vastlegging."
    )
    naar = models.CharField("naar", max_length=20, choices=Status, help_text="Nieuwe status.")
    per = models.DateField("per", help_text="Dag waarop de status inging, nooit in de toekomst.")
    toelichting = models.TextField("reden", help_text="Waarom de status wijzigde.")
    door = models.ForeignKey(
        Persoon,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Wie; leeg als het uit een document volgt.",
    )
    vastgelegd_op = models.DateTimeField(
        "vastgelegd op", default=timezone.now, help_text="Moment waarop dit hier is vastgelegd."
    )

    class Meta:
        verbose_name = "statuswijziging"
        verbose_name_plural = "statuswijzigingen"
        ordering = ["-per", "-id"]
        indexes = [
            models.Index(name="statuswijziging_stand", fields=["maatregel", "-per", "-id"]),
            models.Index(name="statuswijziging_recent", fields=["-vastgelegd_op"]),
        ]
        constraints = [
            models.CheckConstraint(name="statuswijziging_naar", condition=Q(naar__in=Status.values)),
            models.CheckConstraint(name="statuswijziging_verandert", condition=Q(van=None) | ~Q(van=F("naar"))),
            models.CheckConstraint(name="statuswijziging_reden", condition=Q(toelichting__regex=r"\S")),
            models.CheckConstraint(name="statuswijziging_door", condition=Q(van=None) | Q(door__isnull=False)),
            models.UniqueConstraint(name="statuswijziging_een_begin", fields=["maatregel"], condition=Q(van=None)),
        ]
        triggers = [
            pgtrigger.Protect(name="alleen_toevoegen", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="niet_in_de_toekomst",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=pgtrigger.Func(
                    "IF NEW.per > (GREATEST(NEW.vastgelegd_op, now()) AT TIME ZONE 'Europe/Amsterdam')::date THEN "
                    "RAISE EXCEPTION 'een status gaat niet in de toekomst in' USING ERRCODE = 'check_violation'; "
                    "END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.maatregel_id}: {self.van} -> {self.naar} per {self.per}"


@historie()
class Thema(Dossierstuk):
    slug = models.SlugField("adresnaam", unique=True, max_length=60, help_text="Naam in het webadres; blijft gelijk.")
    titel = models.CharField("titel", max_length=200, help_text="Onderwerp dat door de agenda's heen terugkomt.")
    ontwikkeling = models.TextField(
        "ontwikkeling", blank=True, help_text="Hoe het onderwerp door de jaren heen veranderde."
    )
    toelichting = models.TextField("toelichting", blank=True, help_text="Twijfel of leeswijzer bij de reeks.")
    maatregelen = models.ManyToManyField(Maatregel, through="Themaplaats", related_name="themas")

    class Meta:
        verbose_name = "thema"
        verbose_name_plural = "thema's"
        ordering = ["titel"]

    def __str__(self) -> str:
        return self.titel


@historie()
class Themaplaats(models.Model):
    thema = models.ForeignKey(Thema, on_delete=models.CASCADE, related_name="plaatsen")
    maatregel = models.ForeignKey(Maatregel, on_delete=models.PROTECT, related_name="themaplaatsen")
    volgorde = models.PositiveIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "plaats in een thema"
        ordering = ["volgorde", "id"]
        constraints = [models.UniqueConstraint(name="themaplaats_uniek", fields=["thema", "maatregel"])]

    def __str__(self) -> str:
        return f"{self.maatregel_id} in {self.thema_id}"


class Opvolgingsoort(models.TextChoices):
    VOORTGEZET = "voortgezet", "voortgezet"
    SAMENGEVOEGD = "samengevoegd", "samengevoegd"
    GESPLITST = "gesplitst", "gesplitst"
    VERSMALD = "versmald", "versmald"
    VERVALLEN = "vervallen", "vervallen"
    TEGENGESTELD = "tegengesteld", "tegengesteld"


@historie()
class Opvolging(models.Model):
    """How one measure lives on in a later one, as a person judged it (a theme only says that they belong together)."""

    van = models.ForeignKey(
        Maatregel, on_delete=models.PROTECT, related_name="opvolgingen", help_text="Eerdere maatregel."
    )
    naar = models.ForeignKey(
        Maatregel, on_delete=models.PROTECT, related_name="voorlopers", help_text="Latere maatregel."
    )
    soort = models.CharField("soort", max_length=20, choices=Opvolgingsoort, help_text="Hoe de maatregel voortleeft.")
    toelichting = models.TextField("toelichting", blank=True, help_text="Waaruit dat blijkt.")
    door = models.ForeignKey(Persoon, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    vastgelegd_op = models.DateTimeField("vastgelegd op", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "opvolging"
        verbose_name_plural = "opvolgingen"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="opvolging_soort", condition=Q(soort__in=Opvolgingsoort.values)),
            models.CheckConstraint(name="opvolging_niet_zichzelf", condition=~Q(van=F("naar"))),
            models.UniqueConstraint(name="opvolging_uniek", fields=["van", "naar"]),
        ]

    def __str__(self) -> str:
        return f"{self.van_id} {self.soort} {self.naar_id}"


__all__ = [
    "AFGEROND",
    "Aard",
    "Agenda",
    "Betrokkenheid",
    "BetrokkenheidRol",
    "Herkomst",
    "Maatregel",
    "Maatregelsoort",
    "Opvolging",
    "Opvolgingsoort",
    "Status",
    "Statuswijziging",
    "Thema",
    "Themaplaats",
    "Voortgang",
]
