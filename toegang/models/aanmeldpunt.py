"""Where people sign in with the account of their own organisation (OpenID Connect), and what its claims give them."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from maatregelen.models import Lidmaatschap, Organisatie, Rol
from maatregelen.models.grondslag import Dossierstuk, historie

# Roles that see the log or hand out every right: a claim gives them only where a beheerder said so in so many words.
ZWARE_ROLLEN = (Rol.AUDITOR, Rol.BEHEERDER)
ADRESNAAM = RegexValidator(
    r"\A[a-z][a-z0-9-]{1,39}\Z", "Gebruik 2 tot 40 kleine letters, cijfers en streepjes; begin met een letter."
)
CLAIMNAAM = RegexValidator(
    r"\A[!-~]{1,120}\Z", "De naam van een claim heeft geen spaties en geen bijzondere letters, zoals email of groups."
)


@historie()
class Aanmeldpunt(Dossierstuk):
    adresnaam = models.CharField(
        "adresnaam",
        max_length=40,
        unique=True,
        validators=[ADRESNAAM],
        help_text="Naam in het webadres en van het geheim op de server, zoals rijk. Kan later niet meer anders.",
    )
    naam = models.CharField(
        "naam", max_length=60, unique=True, help_text="Staat op de knop: 'Inloggen met' en dan deze naam."
    )
    uitgever = models.CharField(
        "uitgever (issuer)",
        max_length=255,
        help_text="Adres van de aanbieder precies zoals die het opgeeft, zoals https://login.voorbeeld.nl/rijk. "
        "Kan later niet meer anders: een andere aanbieder is een nieuw aanmeldpunt.",
    )
    client_id = models.CharField(
        "client-id", max_length=191, help_text="Waaronder de Regiemonitor bij de aanbieder bekend is."
    )
    actief = models.BooleanField(
        "in gebruik",
        default=False,
        help_text="Aangevinkt: de knop staat op de inlogpagina. Zonder komt niemand binnen.",
    )
    extra_scopes = models.CharField(
        "extra scopes",
        max_length=200,
        blank=True,
        help_text="Wat de Regiemonitor naast openid, profile en email vraagt; scheid met spaties.",
    )
    sleutelclaim = models.CharField(
        "claim met de vaste sleutel",
        max_length=120,
        default="sub",
        validators=[CLAIMNAAM],
        help_text="Waaraan iemand elke keer wordt herkend. Bijna altijd sub. Kan niet meer anders als er mensen "
        "gekoppeld zijn.",
    )
    emailclaim = models.CharField(
        "claim met het e-mailadres", max_length=120, default="email", validators=[CLAIMNAAM], help_text="Meestal email."
    )
    functieclaim = models.CharField(
        "claim met de functie",
        max_length=120,
        default="title",
        validators=[CLAIMNAAM],
        help_text="Waarmee een nieuwe persoon wordt getoond. Zonder deze claim: de rol met de organisatie.",
    )
    organisatieclaim = models.CharField(
        "claim met de organisatie",
        max_length=120,
        default="organisatie",
        validators=[CLAIMNAAM],
        help_text="Een claim in een claim schrijft u met een punt, zoals realm_access.groups.",
    )
    rolclaim = models.CharField(
        "claim met de rol",
        max_length=120,
        default="rollen",
        validators=[CLAIMNAAM],
        help_text="Mag één waarde of een lijst zijn.",
    )
    emaildomeinen = ArrayField(
        models.CharField(max_length=120),
        verbose_name="vertrouwde e-maildomeinen",
        default=list,
        blank=True,
        help_text="Voor welke e-maildomeinen deze aanbieder zegt wie iemand is, zoals minszw.nl. Alleen mensen met "
        "zo'n adres worden gekoppeld of toegevoegd. Leeg: niemand.",
    )
    tweedestapwaarden = ArrayField(
        models.CharField(max_length=120),
        verbose_name="waarden die als tweede stap gelden",
        default=list,
        blank=True,
        help_text="Waarden van amr of acr waarmee de aanbieder zegt dat iemand een tweede stap nam, zoals mfa. "
        "Leeg: de Regiemonitor vraagt zelf om de tweede stap.",
    )
    wachtwoord_blijft = models.BooleanField(
        "wachtwoord blijft bruikbaar",
        default=True,
        help_text="Niet aangevinkt: wie gekoppeld is logt alleen nog via deze aanbieder in. Een beheerder die die rol "
        "hier kreeg houdt altijd een wachtwoord, zodat er iemand in kan als de aanbieder weg is.",
    )

    class Meta:
        verbose_name = "aanmeldpunt"
        verbose_name_plural = "aanmeldpunten"
        ordering = ["naam"]
        constraints = [
            models.CheckConstraint(
                name="aanmeldpunt_uitgever",
                condition=Q(uitgever__startswith="https://") | Q(uitgever__startswith="http://"),
            )
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def geheimnaam(self) -> str:
        """The name of the environment variable with the client secret."""
        return f"OIDC_GEHEIM_{self.adresnaam.upper().replace('-', '_')}"


@historie()
class Claimkoppeling(models.Model):
    aanmeldpunt = models.ForeignKey(Aanmeldpunt, on_delete=models.PROTECT, related_name="koppelingen")
    organisatiewaarde = models.CharField(
        "waarde van de organisatieclaim",
        max_length=200,
        blank=True,
        help_text="Precies zoals de aanbieder haar stuurt, met hoofdletters. Leeg: elke waarde, en ook geen.",
    )
    rolwaarde = models.CharField(
        "waarde van de rolclaim",
        max_length=200,
        blank=True,
        help_text="Precies zoals de aanbieder haar stuurt, met hoofdletters. Leeg: elke waarde, en ook geen.",
    )
    organisatie = models.ForeignKey(
        Organisatie, on_delete=models.PROTECT, related_name="+", help_text="Waar iemand de rol krijgt."
    )
    rol = models.CharField("rol", max_length=20, choices=Rol, help_text="Welke rol iemand daar krijgt.")
    uitdrukkelijk = models.BooleanField(
        "ja, ook beheerder of auditor",
        default=False,
        help_text="Alleen nodig bij beheerder en auditor: wie de aanbieder beheert, bepaalt dan wie hier alles "
        "mag of ziet.",
    )
    aangemaakt_op = models.DateTimeField("vastgelegd op", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "claimkoppeling"
        verbose_name_plural = "claimkoppelingen"
        ordering = ["organisatiewaarde", "rolwaarde", "pk"]
        constraints = [
            models.CheckConstraint(name="claimkoppeling_rol", condition=Q(rol__in=Rol.values)),
            # One without any value would give everybody the role.
            models.CheckConstraint(name="claimkoppeling_waarde", condition=~Q(organisatiewaarde="") | ~Q(rolwaarde="")),
            models.CheckConstraint(
                name="claimkoppeling_uitdrukkelijk", condition=~Q(rol__in=ZWARE_ROLLEN) | Q(uitdrukkelijk=True)
            ),
            models.UniqueConstraint(
                name="claimkoppeling_uniek",
                fields=["aanmeldpunt", "organisatiewaarde", "rolwaarde", "organisatie", "rol"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_rol_display()} bij {self.organisatie}"


@historie()
class Claimrol(models.Model):
    """A role that came from claims: only these does a provider end again."""

    lidmaatschap = models.OneToOneField(Lidmaatschap, on_delete=models.PROTECT, related_name="claimrol")
    aanmeldpunt = models.ForeignKey(Aanmeldpunt, on_delete=models.PROTECT, related_name="claimrollen")
    verleend_op = models.DateTimeField("verleend op", help_text="Bij welke aanmelding de rol kwam.")
    beeindigd_op = models.DateTimeField(
        "beëindigd op", null=True, help_text="Bij welke aanmelding de aanbieder de rol niet meer gaf."
    )

    class Meta:
        verbose_name = "rol uit een claim"
        verbose_name_plural = "rollen uit claims"
        ordering = ["verleend_op"]
        constraints = [
            models.CheckConstraint(
                name="claimrol_volgorde", condition=Q(beeindigd_op=None) | Q(beeindigd_op__gte=F("verleend_op"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.lidmaatschap} via {self.aanmeldpunt}"
