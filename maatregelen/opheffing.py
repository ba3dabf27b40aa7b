"""An organisation ends and others take over its open work: what there is, and moving it in one go.

What is finished stays under the old name, and so does every past: involvement ends and begins on a day. What is not
dated (who keeps an agenda, for whom something is shielded) moves when it is done, and never ahead of the day. People
and who succeeds are dated, and can be written down beforehand.
"""

import datetime
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, F, Q, QuerySet

from maatregelen.beheer import beeindig_rol, geef_rol, wijzig_organisatie
from maatregelen.betrokkenheid import draag_over_aan
from maatregelen.models import (
    AFGEROND,
    Abonnement,
    Agenda,
    Betrokkenheid,
    Escalatie,
    Lidmaatschap,
    Maatregel,
    Mijlpaal,
    Organisatie,
    Persoon,
    Pijler,
    Pijlerbetrokkenheid,
    Pijlerrol,
    Reactie,
    Volgfilter,
)
from maatregelen.zichtbaarheid import kijkers

# What can be shielded for an organisation, among the measures; the table has its own.
AFGESCHERMD = (Agenda, Pijler, Maatregel, Mijlpaal, Reactie)


@dataclass(frozen=True)
class Openwerk:
    """What an organisation has in hand per a day: everything that moves when it ends, and what stands in its name."""

    organisatie: Organisatie
    # Per open involvement a row, with its measure, section and agenda, in the order of the agendas.
    betrokkenheden: list[Betrokkenheid]
    # Terms of measures it is responsible for that are still to come or late, per measure (id).
    mijlpalen: dict[int, int]
    agendas: list[Agenda]
    pijlers: list[Pijlerbetrokkenheid]
    # Roles that last beyond the day, with their people.
    leden: list[Lidmaatschap]
    afgeschermd: dict[str, int]
    afgerond: int
    volgfilters: int
    abonnementen: int
    escalaties: int

    @cached_property
    def maatregelen(self) -> list[Maatregel]:
        """The open measures, each once."""
        return list({rij.maatregel_id: rij.maatregel for rij in self.betrokkenheden}.values())

    @cached_property
    def per_rol(self) -> dict[str, int]:
        """In how many measures it has each role; named in the text and inherited is still once."""
        paren = {(rij.maatregel_id, rij.rol) for rij in self.betrokkenheden}
        return {rol: sum(1 for _, deze in paren if deze == rol) for rol in sorted({rol for _, rol in paren})}

    @property
    def kenmerk(self) -> str:
        """Changes as soon as other rows would move: who confirms confirms what they saw."""
        delen: list[Any] = [
            self.organisatie.geldig_tot,
            self.organisatie.opvolger_id,
            sorted(rij.pk for rij in self.betrokkenheden),
            sorted(rij.pk for rij in self.agendas),
            sorted(rij.pk for rij in self.pijlers),
            sorted((rij.pk, str(rij.tot)) for rij in self.leden),
            sorted(self.afgeschermd.items()),
        ]
        return hashlib.sha256(repr(delen).encode()).hexdigest()[:20]


@dataclass(frozen=True)
class Verdeling:
    """Who takes over: `opvolger`, and others for parts of it (by id). A measure goes where it is told to, else with
    its section, else to the successor; what stands for None stays. Only the people in `leden` move; None ends a role.
    """

    opvolger: Organisatie
    agendas: Mapping[int, Organisatie] = field(default_factory=dict)
    pijlers: Mapping[int, Organisatie] = field(default_factory=dict)
    maatregelen: Mapping[int, Organisatie | None] = field(default_factory=dict)
    leden: Mapping[int, Organisatie | None] = field(default_factory=dict)
    volgers_mee: bool = True

    def van_maatregel(self, maatregel: int, pijler: int) -> Organisatie | None:
        """Who takes over a measure of a section."""
        if maatregel in self.maatregelen:
            return self.maatregelen[maatregel]
        return self.pijlers.get(pijler, self.opvolger)

    def ontvangers(self) -> list[Organisatie]:
        """Everybody who takes over something, the successor first."""
        rest = (self.agendas, self.pijlers, self.maatregelen, self.leden)
        alle = [self.opvolger, *(doel for deel in rest for doel in deel.values() if doel is not None)]
        return list({doel.pk: doel for doel in alle}.values())


@dataclass
class Verhuisd:
    """What moved, counted; `leden` pairs each role that ended with the one that took its place."""

    maatregelen: int = 0
    agendas: int = 0
    pijlers: int = 0
    afgeschermd: int = 0
    volgfilters: int = 0
    abonnementen: int = 0
    leden: list[tuple[Lidmaatschap, Lidmaatschap | None]] = field(default_factory=list)


def openwerk(organisatie: Organisatie, dag: datetime.date) -> Openwerk:
    """What an organisation that ends on `dag` has in hand now. The same number of questions whatever it has."""
    betrokken = Betrokkenheid.objects.geldend().filter(organisatie=organisatie).exclude(maatregel__status__in=AFGEROND)
    afgerond = (
        Betrokkenheid.objects.geldend()
        .filter(organisatie=organisatie, maatregel__status__in=AFGEROND)
        .aggregate(aantal=Count("maatregel", distinct=True))["aantal"]
    )
    verantwoordelijk = betrokken.filter(rol="verantwoordelijk").values("maatregel")
    mijlpalen = Mijlpaal.objects.open().filter(maatregel__in=verantwoordelijk).order_by().values_list("maatregel")
    return Openwerk(
        organisatie=organisatie,
        betrokkenheden=list(
            betrokken.select_related("maatregel__pijler__agenda").order_by(
                "-maatregel__pijler__agenda__geldt_vanaf",
                "maatregel__pijler__agenda",
                "maatregel__pijler__volgorde",
                "maatregel__volgorde",
                "maatregel",
                "pk",
            )
        ),
        mijlpalen=dict(mijlpalen.annotate(aantal=Count("pk"))),
        agendas=list(Agenda.objects.filter(houder=organisatie).order_by("-geldt_vanaf", "slug")),
        pijlers=list(
            Pijlerbetrokkenheid.objects.filter(
                organisatie=organisatie, rol=Pijlerrol.VERANTWOORDELIJK, pijler__agenda__is_lopend=True
            )
            .select_related("pijler__agenda")
            .order_by("pijler__agenda__slug", "pijler__volgorde", "pk")
        ),
        leden=list(_rollen(organisatie, dag)),
        afgeschermd={
            str(soort._meta.verbose_name_plural): aantal
            for soort in AFGESCHERMD
            if (aantal := soort._default_manager.filter(_van(soort, organisatie)).count())
        },
        afgerond=afgerond,
        volgfilters=Volgfilter.objects.filter(organisatie=organisatie).count(),
        abonnementen=Abonnement.objects.geldig().filter(organisatie=organisatie).count(),
        escalaties=Escalatie.objects.filter(organisatie=organisatie).count(),
    )


def _van(soort: type[Any], organisatie: Organisatie) -> Q:
    """Which rows of a kind are shielded for an organisation: by their own word, and reactions by who said them."""
    eigen = Q(afgeschermd_voor=organisatie)
    return eigen | Q(organisatie=organisatie, afgeschermd_voor=None) if soort is Reactie else eigen


def controleer(organisatie: Organisatie, dag: datetime.date, verdeling: Verdeling, vandaag: datetime.date) -> None:
    """Raise ValidationError per field for what cannot be: another day than the one it ended on, or somebody who
    cannot take over.
    """
    fouten: dict[str, str] = {}
    if organisatie.is_aanduiding:
        fouten["opvolger"] = f"'{organisatie}' is een woord uit de teksten en houdt niet op te bestaan."
    if organisatie.geldig_tot is not None and organisatie.geldig_tot != dag:
        fouten["dag"] = f"{organisatie} is opgeheven per {organisatie.geldig_tot:%d-%m-%Y}."
    elif organisatie.geldig_van is not None and dag <= organisatie.geldig_van:
        fouten["dag"] = f"{organisatie} bestaat sinds {organisatie.geldig_van:%d-%m-%Y}; kies een latere dag."
    for doel in verdeling.ontvangers():
        veld = "opvolger" if doel == verdeling.opvolger else "anderen"
        if doel == organisatie:
            fouten[veld] = f"{organisatie} houdt op en kan zichzelf niet opvolgen."
        elif not doel.kan_trekker_zijn:
            fouten[veld] = f"{doel} is een {doel.get_soort_display()} en kan het werk niet overnemen."
        elif doel.is_opgeheven(max(dag, vandaag)):
            fouten[veld] = f"{doel} bestaat dan niet meer."
        elif doel.geldig_van is not None and doel.geldig_van > dag:
            fouten[veld] = f"{doel} bestaat pas sinds {doel.geldig_van:%d-%m-%Y}."
    if fouten:
        raise ValidationError(fouten)


def hef_op(
    organisatie: Organisatie,
    dag: datetime.date,
    verdeling: Verdeling,
    *,
    reden: str,
    door: Persoon,
    versie: int | None,
    vandaag: datetime.date,
    moment: datetime.datetime,
) -> Verhuisd:
    """End an organisation per `dag` and move what it has in hand; all of it or nothing. A second time moves what came
    since. On a day before `dag` only what is dated is done: who succeeds, and the roles.

    Locks go from the whole to its
    parts: organisation, agendas, sections, measures, people. Raises Verouderd, or ValidationError per field.
    """
    controleer(organisatie, dag, verdeling, vandaag)
    uit = Verhuisd()
    with transaction.atomic():
        velden = {naam: getattr(organisatie, naam) for naam in ("naam", "tooi_id")}
        wijzig_organisatie(
            organisatie,
            {**velden, "geldig_tot": dag, "opvolger": verdeling.opvolger},
            versie=versie,
            moment=moment,
        )
        if dag <= vandaag:
            werk = openwerk(organisatie, dag)
            uit.agendas = _agendas(werk, verdeling, moment)
            uit.pijlers = _pijlers(werk, verdeling, moment)
            doelen = {
                maatregel.pk: doel
                for maatregel in werk.maatregelen
                if (doel := verdeling.van_maatregel(maatregel.pk, maatregel.pijler_id)) is not None
            }
            uit.maatregelen = len(draag_over_aan(organisatie, doelen, per=dag, reden=reden, door=door, moment=moment))
            uit.afgeschermd = _afscherming(organisatie, verdeling, moment)
            if verdeling.volgers_mee:
                uit.volgfilters, uit.abonnementen = _volgers(organisatie, verdeling.opvolger, moment)
        uit.leden = _leden(organisatie, dag, verdeling, vandaag, moment)
    return uit


def _agendas(werk: Openwerk, verdeling: Verdeling, moment: datetime.datetime) -> int:
    """Let others keep the agendas it kept."""
    sleutels = [agenda.pk for agenda in werk.agendas]
    list(Agenda.objects.select_for_update(of=("self",)).filter(pk__in=sleutels).order_by("pk").values_list("pk"))
    for doel, deze in _per_doel(sleutels, lambda pk: verdeling.agendas.get(pk, verdeling.opvolger)).items():
        Agenda.objects.filter(pk__in=deze, houder=werk.organisatie).update(
            houder=doel, versie=F("versie") + 1, gewijzigd_op=moment
        )
    return len(sleutels)


def _pijlers(werk: Openwerk, verdeling: Verdeling, moment: datetime.datetime) -> int:
    """Let others be responsible for sections, where that is not the successor: for that one the old name stands in
    the heading as in the document, and what is new goes to who succeeds.
    """
    anders = {
        rij.pk: doel
        for rij in werk.pijlers
        if (doel := verdeling.pijlers.get(rij.pijler_id)) is not None and doel != verdeling.opvolger
    }
    rijen = [rij for rij in werk.pijlers if rij.pk in anders]
    pijlers = sorted(rij.pijler_id for rij in rijen)
    list(Pijler.objects.select_for_update(of=("self",)).filter(pk__in=pijlers).order_by("pk").values_list("pk"))
    al = set(
        Pijlerbetrokkenheid.objects.filter(pijler__in=pijlers, rol=Pijlerrol.VERANTWOORDELIJK).values_list(
            "pijler_id", "organisatie_id"
        )
    )
    Pijlerbetrokkenheid.objects.filter(pk__in=anders).delete()
    Pijlerbetrokkenheid.objects.bulk_create(
        Pijlerbetrokkenheid(pijler_id=rij.pijler_id, organisatie=anders[rij.pk], rol=rij.rol, volgorde=rij.volgorde)
        for rij in rijen
        if (rij.pijler_id, anders[rij.pk].pk) not in al
    )
    Pijler.objects.filter(pk__in=pijlers).update(versie=F("versie") + 1, gewijzigd_op=moment)
    return len(rijen)


def _afscherming(organisatie: Organisatie, verdeling: Verdeling, moment: datetime.datetime) -> int:
    """Let who takes over see what was shielded for it, also what is finished: else nobody would any more."""
    aantal = 0
    for soort in AFGESCHERMD:
        rijen = soort._default_manager.filter(_van(soort, organisatie))
        if soort is Agenda:
            waar = [(pk, verdeling.agendas.get(pk, verdeling.opvolger)) for pk in rijen.values_list("pk", flat=True)]
        elif soort is Pijler:
            waar = [(pk, verdeling.pijlers.get(pk, verdeling.opvolger)) for pk in rijen.values_list("pk", flat=True)]
        else:
            pad = "" if soort is Maatregel else "maatregel__"
            waar = [
                (pk, verdeling.van_maatregel(maatregel, pijler) or verdeling.opvolger)
                for pk, maatregel, pijler in rijen.values_list("pk", f"{pad}pk", f"{pad}pijler")
            ]
        for doel, deze in _per_doel([pk for pk, _ in waar], dict(waar).__getitem__).items():
            aantal += soort._default_manager.filter(pk__in=deze).update(
                afgeschermd_voor=doel, versie=F("versie") + 1, gewijzigd_op=moment
            )
    return aantal


def _per_doel(sleutels: Iterable[int], van: Any) -> dict[Organisatie, list[int]]:
    uit: dict[Organisatie, list[int]] = {}
    for sleutel in sleutels:
        uit.setdefault(van(sleutel), []).append(sleutel)
    return uit


def _volgers(organisatie: Organisatie, opvolger: Organisatie, moment: datetime.datetime) -> tuple[int, int]:
    """Let who follows it follow the successor from now on: what that one did before is not told. Who follows that
    already keeps both.
    """
    delen = ("persoon_id", "agenda_id", "pijler_id", "thema_id", "status")
    al = set(Volgfilter.objects.filter(organisatie=opvolger).values_list(*delen))
    over = [
        pk
        for pk, *rest in Volgfilter.objects.filter(organisatie=organisatie).values_list("pk", *delen)
        if tuple(rest) not in al
    ]
    filters = Volgfilter.objects.filter(pk__in=over).update(organisatie=opvolger, sinds=moment)
    return filters, Abonnement.objects.geldig().filter(organisatie=organisatie).update(organisatie=opvolger)


def _rollen(organisatie: Organisatie, dag: datetime.date) -> QuerySet[Lidmaatschap]:
    """The roles that last beyond the day: people first, then programs."""
    return (
        Lidmaatschap.objects.niet_voorbij(dag)
        .filter(organisatie=organisatie)
        .select_related("persoon", "leidinggevende")
        .order_by("persoon__is_programma", "persoon__functie", "persoon__email", "rol", "pk")
    )


def _leden(
    organisatie: Organisatie,
    dag: datetime.date,
    verdeling: Verdeling,
    vandaag: datetime.date,
    moment: datetime.datetime,
) -> list[tuple[Lidmaatschap, Lidmaatschap | None]]:
    """End the roles per the day, and give the same one where people go. The new one first: a last beheerder stays."""
    kunnen_leiden = set(kijkers(vandaag).values_list("pk", flat=True))
    uit: list[tuple[Lidmaatschap, Lidmaatschap | None]] = []
    for lid in _rollen(organisatie, dag).select_for_update(of=("self",)).filter(pk__in=verdeling.leden):
        doel, per = verdeling.leden[lid.pk], max(dag, lid.vanaf)
        nieuw = None
        if doel is not None and lid.persoon.is_active:
            nieuw = _zelfde_rol(lid, doel, per, kunnen_leiden, moment)
        if lid.tot is None:
            beeindig_rol(lid, per=per)
        else:
            Lidmaatschap.objects.filter(pk=lid.pk).update(tot=per)
        lid.tot = per
        uit.append((lid, nieuw))
    return uit


def _zelfde_rol(
    lid: Lidmaatschap, doel: Organisatie, per: datetime.date, kunnen_leiden: set[int], moment: datetime.datetime
) -> Lidmaatschap | None:
    """The same role elsewhere from a day on, until the same end; None where the person has it there already."""
    daar = list(lid.persoon.lidmaatschappen.filter(organisatie=doel, rol=lid.rol).values_list("tot", flat=True))
    if None in daar:
        return None
    vanaf = max([per, *(tot for tot in daar if tot is not None)])
    if lid.tot is not None and lid.tot <= vanaf:
        return None
    chef = lid.leidinggevende if lid.leidinggevende_id in kunnen_leiden else None
    nieuw = geef_rol(lid.persoon, doel, lid.rol, vanaf=vanaf, leidinggevende=chef, moment=moment)
    if lid.tot is not None:
        beeindig_rol(nieuw, per=lid.tot)
        nieuw.tot = lid.tot
    return nieuw
