"""An organisation ends: everything it has in hand, in one overview, and moved to others in one go.

Here everything comes together that stands in its name: measures, the table, and what providers give at signing in.
Either all of it moves or nothing, and what moves is what the beheerder saw.
"""

import datetime
import hashlib
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.db import transaction
from django.db.models import Count

from logboek.geheimen import verberg
from logboek.models import Actie, Resultaat
from logboek.schrijven import Onderwerp, schrijf, verborgen
from maatregelen.models import AFGEROND, Betrokkenheid, Lidmaatschap, Organisatie, Persoon
from maatregelen.opheffing import Openwerk, Verdeling, Verhuisd, controleer, hef_op, openwerk
from maatregelen.versiebewaking import Verouderd, om_de_beurt
from regietafel.models import Actiewijziging, Reekslid
from regietafel.tafelopheffing import Tafelverdeling, Tafelverhuizing, Tafelwerk, draag_tafelwerk_over, tafelwerk
from toegang.models import Claimkoppeling, Claimrol


@dataclass(frozen=True)
class Overzicht:
    """What moves when an organisation ends on `dag`, and what stands in its name."""

    organisatie: Organisatie
    dag: datetime.date
    vandaag: datetime.date
    werk: Openwerk
    tafel: Tafelwerk
    koppelingen: list[Claimkoppeling]
    # Roles (id) that a provider gives: they go where the mapping goes.
    uit_claims: dict[int, Claimrol] = field(default_factory=dict)

    @property
    def is_straks(self) -> bool:
        """Whether the day is still to come: only what is dated can be written down."""
        return self.dag > self.vandaag

    @cached_property
    def is_leeg(self) -> bool:
        """Whether nothing is left to move."""
        werk, tafel = self.werk, self.tafel
        return not (
            werk.betrokkenheden or werk.agendas or werk.leden or werk.afgeschermd or werk.volgfilters
            or werk.abonnementen or tafel.acties or tafel.zetels or tafel.afgeschermd or self.koppelingen
        )  # fmt: skip

    @property
    def kenmerk(self) -> str:
        """Changes as soon as other rows would move: who confirms confirms what they saw."""
        delen = (self.dag, self.is_straks, self.werk.kenmerk, self.tafel.kenmerk, [k.pk for k in self.koppelingen])
        return hashlib.sha256(repr(delen).encode()).hexdigest()[:20]


@dataclass(frozen=True)
class Uitkomst:
    """What was done: `werk` and `tafel` say how much of what, `koppelingen` how many mappings went along."""

    dag: datetime.date
    is_straks: bool
    werk: Verhuisd
    tafel: Tafelverhuizing
    koppelingen: int

    @property
    def mee(self) -> int:
        """How many roles went on elsewhere."""
        return sum(1 for _, nieuw in self.werk.leden if nieuw is not None)


@dataclass(frozen=True)
class Afloop:
    """What became of an organisation that ended: who has how many of its measures and actions now, which roles and
    seats ended, and how much is finished under its name.
    """

    maatregelen: list[tuple[str, int]]
    # Measures in which whoever took over had the same role already.
    deelde: int
    acties: list[tuple[str, int]]
    rollen: int
    zetels: int
    afgerond: int


def _begin(organisatie: Organisatie, dag: datetime.date) -> str:
    """How every reason begins that is written down when an organisation ends; by it the rows are found again."""
    return f"{organisatie} is opgeheven per {dag:%d-%m-%Y}; het open werk ging over."


def afloop(organisatie: Organisatie) -> Afloop | None:
    """What became of an organisation that ended, counted from what is recorded; None while it exists. Six queries."""
    dag = organisatie.geldig_tot
    if dag is None:
        return None
    begin = _begin(organisatie, dag)
    rijen = Betrokkenheid.objects.filter(reden__startswith=begin)
    over = rijen.exclude(organisatie=organisatie)
    alleen_oud = rijen.filter(organisatie=organisatie).exclude(maatregel__in=over.values("maatregel"))
    acties = Actiewijziging.objects.filter(van_organisatie=organisatie, reden__startswith=begin)
    return Afloop(
        maatregelen=list(
            over.order_by("organisatie__afkorting")
            .values_list("organisatie__afkorting")
            .annotate(aantal=Count("maatregel", distinct=True))
        ),
        deelde=alleen_oud.aggregate(aantal=Count("maatregel", distinct=True))["aantal"],
        acties=list(
            acties.order_by("naar_organisatie__afkorting")
            .values_list("naar_organisatie__afkorting")
            .annotate(aantal=Count("actiepunt", distinct=True))
        ),
        rollen=organisatie.lidmaatschappen.filter(tot__gte=dag).count(),
        zetels=Reekslid.objects.filter(organisatie=organisatie, tot=dag).count(),
        afgerond=organisatie.betrokkenheden.filter(tot=None)
        .filter(maatregel__status__in=AFGEROND)
        .aggregate(aantal=Count("maatregel", distinct=True))["aantal"],
    )


def overzie(organisatie: Organisatie, dag: datetime.date, *, vandaag: datetime.date) -> Overzicht:
    """What an organisation that ends on a day has in hand now. As many questions whatever it has."""
    werk = openwerk(organisatie, dag)
    claims = Claimrol.objects.filter(lidmaatschap__in=werk.leden, beeindigd_op=None).select_related("aanmeldpunt")
    return Overzicht(
        organisatie=organisatie,
        dag=dag,
        vandaag=vandaag,
        werk=werk,
        tafel=tafelwerk(organisatie, dag),
        koppelingen=list(
            Claimkoppeling.objects.filter(organisatie=organisatie).select_related("aanmeldpunt").order_by("pk")
        ),
        uit_claims={rol.lidmaatschap_id: rol for rol in claims},
    )


def hef_organisatie_op(
    organisatie: Organisatie,
    dag: datetime.date,
    verdeling: Verdeling,
    tafelverdeling: Tafelverdeling,
    *,
    toelichting: str,
    gezien: str | None,
    versie: int | None,
    door: Persoon,
    vandaag: datetime.date,
    moment: datetime.datetime,
) -> Uitkomst:
    """End an organisation per a day and move everything it has in hand, or nothing at all.

    `gezien` is the kenmerk of the overview that was confirmed (None: nobody looked). Raises Verouderd when other rows
    would move now, also when somebody was first; ValidationError per field for what cannot be.
    """
    controleer(organisatie, dag, verdeling, vandaag)
    reden = f"{_begin(organisatie, dag)} {toelichting.strip()}".strip()
    with transaction.atomic():
        om_de_beurt("opheffen")
        om_de_beurt("aanmeldpunten")
        organisatie.refresh_from_db()
        overzicht = overzie(organisatie, dag, vandaag=vandaag)
        if gezien is not None and gezien != overzicht.kenmerk:
            raise Verouderd(organisatie.versie)
        verdeling = replace(verdeling, leden=_met_claims(overzicht, verdeling))
        werk = hef_op(
            organisatie, dag, verdeling, reden=reden, door=door, versie=versie, vandaag=vandaag, moment=moment
        )
        koppelingen = 0 if overzicht.is_straks else _claims(overzicht, verdeling.opvolger, werk, moment)
        bij = set(
            Lidmaatschap.objects.geldig(vandaag)
            .filter(organisatie__in=[*verdeling.ontvangers(), *(o for o in tafelverdeling.acties.values() if o)])
            .values_list("persoon_id", "organisatie_id")
        )
        tafel = draag_tafelwerk_over(
            organisatie,
            dag,
            tafelverdeling,
            hoort_bij=lambda persoon, doel: (persoon, doel.pk) in bij,
            reden=reden,
            door=door,
            vandaag=vandaag,
            moment=moment,
        )
        schrijf(
            actie=Actie.INSTELLING_WIJZIGEN,
            resultaat=Resultaat.GELUKT,
            moment=moment,
            actor=door,
            over=verborgen(Onderwerp("organisatie", str(organisatie.pk), organisatie.slug)),  # a slug may be long
            details={
                "opgeheven": f"{dag:%Y-%m-%d}",
                "opvolger": verberg(verdeling.opvolger.slug),
                "maatregelen": werk.maatregelen,
                "acties": tafel.acties,
                "rollen": len(werk.leden),
            },
        )
    return Uitkomst(dag, overzicht.is_straks, werk, tafel, koppelingen)


def _met_claims(overzicht: Overzicht, verdeling: Verdeling) -> dict[int, Organisatie | None]:
    """The people as chosen; a role that a provider gives goes with its mapping, and not before the day."""
    leden = {pk: doel for pk, doel in verdeling.leden.items() if pk not in overzicht.uit_claims}
    if not overzicht.is_straks:
        leden.update(dict.fromkeys(overzicht.uit_claims, verdeling.opvolger))
    return leden


def _claims(overzicht: Overzicht, opvolger: Organisatie, werk: Verhuisd, moment: datetime.datetime) -> int:
    """Let the same claims give the same role at the successor, and let the provider end what it gave there too."""
    for oud, nieuw in werk.leden:
        if oud.pk not in overzicht.uit_claims:
            continue
        claimrol = overzicht.uit_claims[oud.pk]
        Claimrol.objects.filter(pk=claimrol.pk).update(beeindigd_op=moment)
        if nieuw is not None:
            Claimrol.objects.create(lidmaatschap=nieuw, aanmeldpunt=claimrol.aanmeldpunt, verleend_op=moment)
    for koppeling in overzicht.koppelingen:
        zelfde = Claimkoppeling.objects.filter(
            aanmeldpunt=koppeling.aanmeldpunt_id,
            organisatiewaarde=koppeling.organisatiewaarde,
            rolwaarde=koppeling.rolwaarde,
            organisatie=opvolger,
            rol=koppeling.rol,
        )
        if zelfde.exists():
            koppeling.delete()
        else:
            Claimkoppeling.objects.filter(pk=koppeling.pk).update(organisatie=opvolger)
    return len(overzicht.koppelingen)
