"""Reading one meeting whole, and a list of meetings with what came out of each: the same number of questions always."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch, QuerySet

from maatregelen.models import Organisatie
from maatregelen.zichtbaarheid import Bevoegdheid, zichtbare_maatregelen
from regietafel.models import (
    DOOR_DE_TAFEL,
    Actiepunt,
    Addendum,
    Agendapunt,
    Besluit,
    Deelname,
    Inbreng,
    Keuze,
    Trend,
    Vergadercijfer,
    Vergadering,
    Voorstelkeuze,
)
from regietafel.models.vergadering import VergaderingQuerySet
from regietafel.zichtbaarheid import (
    zichtbare_actiepunten,
    zichtbare_agendapunten,
    zichtbare_besluiten,
    zichtbare_bijlagen,
    zichtbare_inbreng,
    zichtbare_terugkoppelingen,
    zichtbare_trends,
    zichtbare_vergadercijfers,
    zichtbare_vergaderingen,
)


@dataclass
class Sprekersdeel:
    """What one organisation (or one speaker without one) said at a point."""

    wie: str
    organisatie: Organisatie | None
    inbreng: list[Inbreng] = field(default_factory=list)


@dataclass
class Puntbeeld:
    """A point with everything of it, in the order of the minutes; `eigen`: whether the chosen organisation is in it.

    `eerdere`: the earlier decisions it is about, each with how far it is; `wegens`: what else brought it on the agenda.
    """

    punt: Agendapunt
    per_spreker: list[Sprekersdeel]
    besluiten: list[Besluit]
    acties: list[Actiepunt]
    cijfers: list[Vergadercijfer]
    trends: list[Trend]
    addenda: list[Addendum]
    eerdere: list[tuple[Besluit, list[str]]]
    wegens: list[Voorstelkeuze]
    eigen: bool = True

    @property
    def heeft_vorige(self) -> bool:
        """Whether a figure replaces an older one."""
        return any(cijfer.vorige_waarde is not None for cijfer in self.cijfers)

    @property
    def is_leeg(self) -> bool:
        """Whether there are no minutes of it yet."""
        return not (
            self.punt.bespreking or self.per_spreker or self.besluiten or self.acties or self.cijfers or self.trends
        )


@dataclass
class Vergaderbeeld:
    """A meeting as its page shows it."""

    vergadering: Vergadering
    deelnames: list[Deelname]
    punten: list[Puntbeeld]
    addenda: list[Addendum]
    organisaties: list[Organisatie]

    @property
    def voorzitter(self) -> Deelname | None:
        """Who chairs, where that is known."""
        return next((rij for rij in self.deelnames if rij.rol == "voorzitter"), None)

    @property
    def getoond(self) -> list[Puntbeeld]:
        """The points in which the chosen organisation has a part."""
        return [beeld for beeld in self.punten if beeld.eigen]

    @property
    def verborgen(self) -> list[Puntbeeld]:
        """The points in which it has none."""
        return [beeld for beeld in self.punten if not beeld.eigen]

    def telling(self) -> dict[str, int]:
        """What the meeting brought, for the head of the page."""
        besluiten = [besluit for beeld in self.punten for besluit in beeld.besluiten]
        acties = [actie for beeld in self.punten for actie in beeld.acties]
        return {
            "besluiten": sum(besluit.soort in DOOR_DE_TAFEL for besluit in besluiten),
            "mededelingen": sum(besluit.soort not in DOOR_DE_TAFEL for besluit in besluiten),
            "acties": sum(actie.is_afgesproken for actie in acties),
            "verzoeken": sum(not actie.is_afgesproken for actie in acties),
        }


def _punten(wie: Bevoegdheid, vergadering: Vergadering) -> list[Agendapunt]:
    maatregelen = zichtbare_maatregelen(wie).order_by("code")
    organisatie = "organisatie__opvolger"
    return list(
        zichtbare_agendapunten(wie)
        .filter(vergadering=vergadering)
        .select_related("vervolg_op__vergadering", "vervolg__vergadering")
        .prefetch_related(
            "inleiding__organisatie__opvolger",
            Prefetch("bijlagen", zichtbare_bijlagen(wie)),
            Prefetch("maatregelen", maatregelen),
            "indicatoren",
            Prefetch(
                "eerdere_besluiten",
                zichtbare_besluiten(wie)
                .select_related("agendapunt__vergadering")
                .prefetch_related(Prefetch("terugkoppelingen", zichtbare_terugkoppelingen(wie)))
                .order_by("agendapunt__vergadering__datum", "code"),
            ),
            Prefetch(
                "inbreng",
                zichtbare_inbreng(wie)
                .select_related(organisatie)
                .prefetch_related(Prefetch("maatregelen", maatregelen))
                .order_by("volgorde", "id"),
            ),
            Prefetch(
                "besluiten",
                zichtbare_besluiten(wie)
                .prefetch_related(
                    Prefetch(
                        "terugkoppelingen",
                        zichtbare_terugkoppelingen(wie).select_related("maatregel", "aanvaard_in"),
                    )
                )
                .order_by("volgorde", "id"),
            ),
            Prefetch(
                "actiepunten",
                zichtbare_actiepunten(wie).select_related(organisatie, "voor_vergadering").order_by("volgorde", "id"),
            ),
            Prefetch(
                "cijfers",
                zichtbare_vergadercijfers(wie)
                .prefetch_related(Prefetch("maatregelen", maatregelen))
                .order_by("volgorde", "id"),
            ),
            Prefetch("trends", zichtbare_trends(wie).order_by("volgorde", "id")),
            Prefetch(
                "voorstelkeuzes",
                Voorstelkeuze.objects.filter(keuze=Keuze.HOUDEN).select_related(
                    "terugkoppeling__besluit",
                    "terugkoppeling__maatregel",
                    "actiepunt",
                    "mijlpaal__maatregel",
                    "verslag_van",
                ),
            ),
        )
        .order_by("volgorde")
    )


def _per_spreker(inbreng: Iterable[Inbreng]) -> list[Sprekersdeel]:
    """What was said per organisation, in the order in which each spoke first."""
    delen: dict[str, Sprekersdeel] = {}
    for regel in inbreng:
        sleutel = f"o{regel.organisatie_id}" if regel.organisatie_id else f"s{regel.spreker.lower()}"
        naam = regel.organisatie.afkorting if regel.organisatie else regel.spreker
        delen.setdefault(sleutel, Sprekersdeel(naam, regel.organisatie)).inbreng.append(regel)
    return list(delen.values())


def _standen(besluit: Besluit) -> list[str]:
    """How far a decision is, each answer once."""
    return sorted({str(rij.get_stand_display()) for rij in besluit.terugkoppelingen.all()})


def _wegens(punt: Agendapunt) -> list[Voorstelkeuze]:
    """What was chosen for this point, as far as it does not stand among its earlier decisions."""
    genoemd = {besluit.pk for besluit in punt.eerdere_besluiten.all()}
    return [
        keuze
        for keuze in punt.voorstelkeuzes.all()
        if keuze.terugkoppeling is None or keuze.terugkoppeling.besluit_id not in genoemd
    ]


def _noemt(tekst: str, organisatie: Organisatie) -> bool:
    """Whether words name an organisation: VNG, samen met IPO."""
    return re.search(rf"(?<!\w){re.escape(organisatie.afkorting)}(?!\w)", tekst) is not None


def _deel_van(punt: Agendapunt, beeld: Puntbeeld, organisatie: Organisatie) -> Puntbeeld:
    """The part of one organisation: what it said, what it must do; decisions and figures are everybody's."""
    beeld.per_spreker = [
        deel
        for deel in beeld.per_spreker
        if (deel.organisatie and deel.organisatie.pk == organisatie.pk) or _noemt(deel.wie, organisatie)
    ]
    beeld.acties = [
        actie
        for actie in beeld.acties
        if actie.organisatie_id == organisatie.pk or _noemt(actie.wie_tekst, organisatie)
    ]
    leidt_in = any(rij.organisatie_id == organisatie.pk for rij in punt.inleiding.all())
    genoemd = any(_noemt(besluit.tekst, organisatie) for besluit in beeld.besluiten)
    beeld.eigen = bool(beeld.per_spreker or beeld.acties or leidt_in or genoemd)
    return beeld


def lees(wie: Bevoegdheid, slug: str, *, organisatie: Organisatie | None = None) -> Vergaderbeeld:
    """Everything of one meeting, or the part of one organisation. Raises DoesNotExist."""
    vergadering = zichtbare_vergaderingen(wie).select_related("reeks", "vastgesteld_in").get(slug=slug)
    deelnames = list(Deelname.objects.filter(vergadering=vergadering).select_related("organisatie__opvolger").op_rang())
    addenda = list(
        Addendum.objects.filter(vergadering=vergadering).select_related("door").order_by("vastgelegd_op", "id")
    )
    beelden: list[Puntbeeld] = []
    aan_het_woord = {rij.organisatie.pk: rij.organisatie for rij in deelnames if rij.organisatie is not None}
    for punt in _punten(wie, vergadering):
        inbreng, acties = list(punt.inbreng.all()), list(punt.actiepunten.all())
        gemoeid = [
            *(rij.organisatie for rij in inbreng),
            *(rij.organisatie for rij in acties),
            *(rij.organisatie for rij in punt.inleiding.all()),
        ]
        aan_het_woord.update({ander.pk: ander for ander in gemoeid if ander is not None})
        beeld = Puntbeeld(
            punt=punt,
            per_spreker=_per_spreker(inbreng),
            besluiten=list(punt.besluiten.all()),
            acties=acties,
            cijfers=list(punt.cijfers.all()),
            trends=list(punt.trends.all()),
            addenda=[rij for rij in addenda if rij.agendapunt_id == punt.pk],
            eerdere=[(besluit, _standen(besluit)) for besluit in punt.eerdere_besluiten.all()],
            wegens=_wegens(punt),
        )
        beelden.append(_deel_van(punt, beeld, organisatie) if organisatie else beeld)
    return Vergaderbeeld(
        vergadering=vergadering,
        deelnames=deelnames,
        punten=beelden,
        addenda=[rij for rij in addenda if rij.agendapunt_id is None],
        organisaties=sorted(
            (rij for rij in aan_het_woord.values() if not rij.is_aanduiding), key=lambda rij: rij.afkorting.lower()
        ),
    )


@dataclass(frozen=True)
class Uitkomst:
    """What came of a meeting: points, decisions of the table, actions open and late, decisions not reported back."""

    punten: int
    besluiten: int
    acties_open: int
    acties_te_laat: int
    niet_teruggekoppeld: int


def uitkomsten(wie: Bevoegdheid, vergaderingen: VergaderingQuerySet) -> dict[int, Uitkomst]:
    """What came of each of these meetings, as it stands on the day of `wie`; five questions for all of them."""
    sleutels = vergaderingen.order_by().values("pk")

    def per(rijen: QuerySet[Any], pad: str) -> Counter[int]:
        gevonden = rijen.filter(**{f"{pad}__in": sleutels}).order_by().values_list(pad).annotate(aantal=Count("pk"))
        return Counter(dict(gevonden))

    punt = "agendapunt__vergadering"
    punten = per(zichtbare_agendapunten(wie), "vergadering")
    besluiten = per(zichtbare_besluiten(wie).filter(soort__in=DOOR_DE_TAFEL), punt)
    open_ = per(zichtbare_actiepunten(wie).open(), punt)
    te_laat = per(zichtbare_actiepunten(wie).te_laat(wie.vandaag), punt)
    stil = per(zichtbare_terugkoppelingen(wie).niet_teruggekoppeld(), f"besluit__{punt}")
    return {
        sleutel: Uitkomst(punten[sleutel], besluiten[sleutel], open_[sleutel], te_laat[sleutel], stil[sleutel])
        for sleutel in {*punten, *besluiten, *open_, *te_laat, *stil}
    }
