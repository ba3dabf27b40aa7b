"""The next agenda fills itself: what should be on it is asked each time, and only what was chosen is kept.

Asked: the minutes to adopt, what was promised for this meeting, actions due by then, decisions not reported back, and
deadlines of measures of running agendas before the meeting after. Each thing is offered once, under the first of these
that holds. Whatever is done or closed meanwhile is not offered any more; what was kept before says that it is done.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from maatregelen.lijstvolgorde import met_verantwoordelijken
from maatregelen.models import AFGEROND, Maatregel, Mijlpaal, Organisatie, Persoon
from maatregelen.models.mijlpaal import MijlpaalQuerySet
from maatregelen.termijnen import reken
from maatregelen.versiebewaking import om_de_beurt
from regietafel.agendering import Onderwerpen, van_eerder, verwijder_punt, voeg_punt_toe, wijzig_punt
from regietafel.models import (
    DOOR_DE_TAFEL,
    GEWEEST,
    Aanleiding,
    Actiepunt,
    Actiestand,
    Agendapunt,
    Besluit,
    Doel,
    Keuze,
    Terugkoppeling,
    Terugkoppelstand,
    Vergadering,
    Vergaderstaat,
    Voorstelkeuze,
)
from regietafel.models.actiepunt import ActiepuntQuerySet
from regietafel.models.vergadering import VergaderingQuerySet
from regietafel.models.verslag import TerugkoppelingQuerySet
from regietafel.terugkoppelingen import dag_van

# The table meets some four times a year: until the next one is planned, this is how far is looked.
ZONDER_VOLGENDE = "P3M"
LENGTE_TITEL: int = Agendapunt._meta.get_field("titel").max_length or 0
LENGTE_REDEN: int = Voorstelkeuze._meta.get_field("reden").max_length or 0
GEHOUDEN = "Deze vergadering is geweest: wat op de agenda komt kan niet meer worden gekozen."

Stuk = Actiepunt | Terugkoppeling | Mijlpaal | Vergadering

# Which field of a choice holds what, and the letter by which a row of the page names it.
VELDEN: dict[str, tuple[str, type[Any]]] = {
    "a": ("actiepunt", Actiepunt),
    "t": ("terugkoppeling", Terugkoppeling),
    "m": ("mijlpaal", Mijlpaal),
    "v": ("verslag_van", Vergadering),
}


@dataclass(frozen=True)
class Zicht:
    """What may be seen of the matter, per kind: the rows of zichtbaarheid."""

    actiepunten: ActiepuntQuerySet
    terugkoppelingen: TerugkoppelingQuerySet
    mijlpalen: MijlpaalQuerySet
    vergaderingen: VergaderingQuerySet


@dataclass(frozen=True)
class Voorstel:
    """One thing that is offered for a meeting: why, what, who, since when, and how urgent (the day; None is last)."""

    aanleiding: Aanleiding
    sleutel: str
    stuk: Stuk
    wat: str
    url: str
    wie: str
    organisaties: tuple[Organisatie, ...]
    maatregelen: tuple[Maatregel, ...]
    dag: datetime.date | None
    is_laat: bool
    uit: Vergadering | None = None
    verplaatst_door: Voorstelkeuze | None = None
    keuze: Voorstelkeuze | None = None
    gedaan: str = ""

    @property
    def veld(self) -> str:
        """The field of a choice that this is kept in."""
        return VELDEN[self.sleutel[0]][0]


@dataclass(frozen=True)
class Voorbereiding:
    """What is asked of the secretariaat for one meeting, and what it chose."""

    vergadering: Vergadering
    dag: datetime.date
    volgende: Vergadering | None
    tot: datetime.date
    groepen: list[tuple[Aanleiding, list[Voorstel]]]
    gekozen: list[tuple[Keuze, list[Voorstel]]]
    zonder_dag: int

    @property
    def aantal(self) -> int:
        """How many things wait for a choice."""
        return sum(len(rijen) for _, rijen in self.groepen)

    def zoek(self, sleutels: Collection[str]) -> list[Voorstel]:
        """The things offered or chosen with these keys, in the order of the page."""
        alle = [rij for _, rijen in (*self.groepen, *self.gekozen) for rij in rijen]
        return [rij for rij in alle if rij.sleutel in sleutels]


def dag_voor(vergadering: Vergadering, vandaag: datetime.date) -> datetime.date:
    """The day a meeting is prepared for: its own, or the last of its estimate, or the first when that is to come."""
    if vergadering.datum or vergadering.schatting_tot:
        return vergadering.datum or vergadering.schatting_tot or vandaag
    return max(vergadering.schatting_van or vandaag, vandaag)


def volgende_na(vergadering: Vergadering, dag: datetime.date, zicht: Zicht) -> Vergadering | None:
    """The next meeting of the same table with a day of its own."""
    rijen: VergaderingQuerySet = _zelfde_tafel(zicht.vergaderingen, vergadering, "")
    return rijen.filter(datum__gt=dag).order_by("datum", "pk").first()


def _zelfde_tafel(rijen: Any, vergadering: Vergadering, pad: str) -> Any:
    """Those of the same series, or of none: another series has its own agenda."""
    if vergadering.reeks_id is None:
        return rijen
    return rijen.filter(Q(**{f"{pad}reeks": vergadering.reeks_id}) | Q(**{f"{pad}reeks": None}))


def verwezenlijkt(vergadering: Vergadering, zicht: Zicht) -> list[int]:
    """The undated meetings ('een volgende LRT') whose place this takes: the first of that kind in their estimate."""
    if vergadering.datum is None:
        return []
    zelfde = _zelfde_tafel(zicht.vergaderingen, vergadering, "").filter(soort=vergadering.soort)
    open_ = zelfde.filter(datum=None).exclude(staat__in=GEWEEST).exclude(pk=vergadering.pk)
    dagen = list(zelfde.exclude(datum=None).values_list("datum", "pk"))
    uit = []
    for rij in open_:
        van, tot = rij.schatting_van or rij.bekend_vanaf, rij.schatting_tot
        binnen = sorted(paar for paar in dagen if paar[0] >= van and (tot is None or paar[0] <= tot))
        if binnen and binnen[0][1] == vergadering.pk:
            uit.append(rij.pk)
    return uit


# --- What is asked


def _wie(actie: Actiepunt) -> str:
    if actie.wie_tekst:
        return "" if actie.organisatie and actie.wie_tekst == actie.organisatie.afkorting else actie.wie_tekst
    return actie.persoon.functie if actie.persoon and not actie.organisatie else ""


def _uit_actie(actie: Actiepunt, aanleiding: Aanleiding, dag: datetime.date, vandaag: datetime.date) -> Voorstel:
    gedaan = ""
    if actie.stand != Actiestand.OPEN:
        gedaan = f"{actie.get_stand_display()} op {actie.afgerond_op:%d-%m-%Y}"
    return Voorstel(
        aanleiding=aanleiding,
        sleutel=f"a{actie.pk}",
        stuk=actie,
        wat=actie.wat,
        url=actie.get_absolute_url(),
        wie=_wie(actie),
        organisaties=(actie.organisatie,) if actie.organisatie else (),
        maatregelen=tuple(actie.maatregelen.all()),
        dag=actie.einde or actie.begin,
        is_laat=actie.is_te_laat(vandaag),
        uit=actie.agendapunt.vergadering,
        gedaan=gedaan,
    )


def _trekkers(maatregel: Maatregel) -> tuple[Organisatie, ...]:
    return tuple(rij.organisatie for rij in maatregel.verantwoordelijken)  # type: ignore[attr-defined]


def _uit_terugkoppeling(rij: Terugkoppeling) -> Voorstel:
    vergadering = rij.besluit.agendapunt.vergadering
    return Voorstel(
        aanleiding=Aanleiding.TERUGKOPPELING,
        sleutel=f"t{rij.pk}",
        stuk=rij,
        wat=rij.besluit.tekst,
        url=rij.besluit.get_absolute_url(),
        wie="",
        organisaties=_trekkers(rij.maatregel) if rij.maatregel else (),
        maatregelen=(rij.maatregel,) if rij.maatregel else (),
        dag=dag_van(vergadering),
        is_laat=rij.stand == Terugkoppelstand.UITGEVOERD,
        uit=vergadering,
        gedaan=rij.get_stand_display() if rij.is_gesloten else "",
    )


def _uit_mijlpaal(mijlpaal: Mijlpaal, vandaag: datetime.date) -> Voorstel:
    stuk = mijlpaal.maatregel
    gedaan = f"behaald op {mijlpaal.behaald_op:%d-%m-%Y}" if mijlpaal.behaald_op else ""
    if not gedaan and stuk.status in AFGEROND:
        gedaan = f"de maatregel is {stuk.get_status_display()}"
    return Voorstel(
        aanleiding=Aanleiding.TERMIJN,
        sleutel=f"m{mijlpaal.pk}",
        stuk=mijlpaal,
        wat=mijlpaal.omschrijving,
        url=f"{stuk.get_absolute_url()}#mijlpaal-{mijlpaal.pk}",
        wie="",
        organisaties=_trekkers(stuk),
        maatregelen=(stuk,),
        dag=mijlpaal.einde or mijlpaal.begin,
        is_laat=mijlpaal.is_te_laat(vandaag),
        gedaan=gedaan,
    )


def _uit_verslag(vergadering: Vergadering) -> Voorstel:
    wanneer = f" van {vergadering.datum:%d-%m-%Y}" if vergadering.datum else ""
    return Voorstel(
        aanleiding=Aanleiding.VERSLAG,
        sleutel=f"v{vergadering.pk}",
        stuk=vergadering,
        wat=f"Verslag {vergadering.titel}" + (wanneer if wanneer and not _noemt_dag(vergadering) else ""),
        url=vergadering.get_absolute_url(),
        wie="",
        organisaties=(),
        maatregelen=(),
        dag=dag_van(vergadering),
        is_laat=False,
        uit=vergadering,
        gedaan="het verslag is vastgesteld" if vergadering.is_gesloten else "",
    )


def _noemt_dag(vergadering: Vergadering) -> bool:
    """Whether the title names the day already."""
    return vergadering.datum is not None and f"{vergadering.datum.day} " in vergadering.titel


@dataclass(frozen=True)
class _Vraag:
    """Which rows a meeting asks for, and which it must show because somebody chose on them or sent them here."""

    keuzes: Sequence[Voorstelkeuze]

    @classmethod
    def van(cls, vergadering: Vergadering) -> Self:
        rijen = Voorstelkeuze.objects.filter(Q(vergadering=vergadering) | Q(naar_vergadering=vergadering))
        return cls(list(rijen.select_related("agendapunt", "naar_vergadering", "vergadering", "door")))

    def ook(self, veld: str) -> list[int]:
        return [sleutel for keuze in self.keuzes if (sleutel := getattr(keuze, f"{veld}_id")) is not None]


def bereid_voor(vergadering: Vergadering, *, zicht: Zicht, vandaag: datetime.date) -> Voorbereiding:
    """What this meeting is offered and what was chosen, most urgent first; queries do not grow with the amount."""
    dag = dag_voor(vergadering, vandaag)
    volgende = volgende_na(vergadering, dag, zicht)
    tot = (volgende.datum if volgende else None) or reken(dag, ZONDER_VOLGENDE)
    vraag = _Vraag.van(vergadering)
    gevraagd: dict[str, Voorstel] = {}

    voor = [vergadering.pk, *verwezenlijkt(vergadering, zicht)]
    acties = _zelfde_tafel(zicht.actiepunten, vergadering, "agendapunt__vergadering__")
    open_ = Q(is_afgesproken=True, stand=Actiestand.OPEN)
    aan_de_beurt = open_ & (Q(einde__lte=dag) | Q(einde=None, begin__lte=dag))
    beloofd = open_ & Q(voor_vergadering__in=voor)
    for actie in (
        acties.filter(aan_de_beurt | beloofd | Q(pk__in=vraag.ook("actiepunt")))
        .select_related("organisatie__opvolger", "persoon", "agendapunt__vergadering")
        .prefetch_related("maatregelen")
    ):
        soort = Aanleiding.TOEGEZEGD if actie.voor_vergadering_id in voor else Aanleiding.ACTIE
        gevraagd[f"a{actie.pk}"] = _uit_actie(actie, soort, dag, vandaag)
    zonder_dag = acties.filter(open_, begin=None, einde=None).exclude(voor_vergadering__in=voor).count()

    eerder = Q(besluit__agendapunt__vergadering__datum__lt=dag) & ~Q(besluit__agendapunt__vergadering=vergadering.pk)
    rijen = _zelfde_tafel(zicht.terugkoppelingen, vergadering, "besluit__agendapunt__vergadering__")
    te_doen = rijen.te_doen().filter(eerder, besluit__soort__in=DOOR_DE_TAFEL).values("pk")
    terugkoppelingen = list(
        rijen.filter(Q(pk__in=te_doen) | Q(pk__in=vraag.ook("terugkoppeling"))).select_related(
            "besluit__agendapunt__vergadering", "maatregel__pijler__agenda"
        )
    )
    alle = zicht.mijlpalen.annotate(dag=Coalesce("einde", "begin"))
    lopend = alle.open().filter(dag__lt=tot).values("pk")
    mijlpalen = list(
        alle.filter(Q(pk__in=lopend) | Q(pk__in=vraag.ook("mijlpaal"))).select_related("maatregel__pijler__agenda")
    )
    met_verantwoordelijken([rij.maatregel for rij in (*terugkoppelingen, *mijlpalen) if rij.maatregel])
    gevraagd |= {f"t{rij.pk}": _uit_terugkoppeling(rij) for rij in terugkoppelingen}
    gevraagd |= {f"m{rij.pk}": _uit_mijlpaal(rij, vandaag) for rij in mijlpalen}

    vergaderingen = _zelfde_tafel(zicht.vergaderingen, vergadering, "")
    concept = Q(staat=Vergaderstaat.VERSLAG_CONCEPT, datum__lt=dag) & ~Q(pk=vergadering.pk)
    for ander in vergaderingen.filter(concept | Q(pk__in=vraag.ook("verslag_van"))):
        gevraagd[f"v{ander.pk}"] = _uit_verslag(ander)

    return _ingedeeld(vergadering, vraag, gevraagd, dag=dag, volgende=volgende, tot=tot, zonder_dag=zonder_dag)


def _sleutel(keuze: Voorstelkeuze) -> str:
    for letter, (veld, _) in VELDEN.items():
        if (sleutel := getattr(keuze, f"{veld}_id")) is not None:
            return f"{letter}{sleutel}"
    raise ValueError(keuze.pk)


def _urgentie(rij: Voorstel) -> tuple[bool, datetime.date, str, str, int]:
    """Late first, then what comes soonest; what belongs together stays together."""
    code = rij.maatregelen[0].code if rij.maatregelen else ""
    return (not rij.is_laat, rij.dag or datetime.date.max, rij.wat, code, rij.stuk.pk)


def _ingedeeld(vergadering: Vergadering, vraag: _Vraag, gevraagd: dict[str, Voorstel], **over: Any) -> Voorbereiding:
    """Offered or chosen; a choice whose point was taken off the agenda counts no longer."""
    van_hier: dict[str, Voorstelkeuze] = {}
    hierheen: dict[str, Voorstelkeuze] = {}
    for keuze in vraag.keuzes:
        if keuze.vergadering_id == vergadering.pk:
            if keuze.keuze != Keuze.HOUDEN or keuze.agendapunt_id is not None:
                van_hier[_sleutel(keuze)] = keuze
        else:
            hierheen[_sleutel(keuze)] = keuze
    groepen: dict[Aanleiding, list[Voorstel]] = defaultdict(list)
    gekozen: dict[Keuze, list[Voorstel]] = defaultdict(list)
    # An action and a milestone that promise the same are offered once: as the action, which the table agreed on.
    dubbel = {
        f"m{rij.stuk.mijlpaal_id}" for rij in gevraagd.values() if isinstance(rij.stuk, Actiepunt) and not rij.gedaan
    }
    for sleutel, rij in gevraagd.items():
        gemaakt = van_hier.get(sleutel)
        vol = Voorstel(**{**rij.__dict__, "keuze": gemaakt, "verplaatst_door": hierheen.get(sleutel)})
        if gemaakt is not None:
            gekozen[Keuze(gemaakt.keuze)].append(vol)
        elif not rij.gedaan and (sleutel not in dubbel or sleutel in hierheen):
            groepen[rij.aanleiding].append(vol)
    volgorde = (
        Aanleiding.VERSLAG, Aanleiding.TOEGEZEGD, Aanleiding.ACTIE, Aanleiding.TERUGKOPPELING, Aanleiding.TERMIJN,
    )  # fmt: skip
    return Voorbereiding(
        vergadering=vergadering,
        groepen=[(soort, sorted(groepen[soort], key=_urgentie)) for soort in volgorde if groepen[soort]],
        gekozen=[(keuze, sorted(gekozen[keuze], key=_urgentie)) for keuze in Keuze if gekozen[keuze]],
        **over,
    )


# --- What is chosen


def _begin(vergadering: Vergadering, rijen: Sequence[Voorstel]) -> None:
    """One at a time per meeting; raise ValidationError when the meeting has been held or nothing was ticked."""
    om_de_beurt(f"voorbereiding {vergadering.pk}")
    if Vergadering.objects.get(pk=vergadering.pk).is_geweest:
        raise ValidationError(GEHOUDEN)
    if not rijen:
        raise ValidationError("Vink eerst aan waar het om gaat.")


def _kies(
    vergadering: Vergadering,
    rij: Voorstel,
    keuze: Keuze,
    *,
    door: Persoon,
    moment: datetime.datetime,
    reden: str = "",
    naar: Vergadering | None = None,
    punt: Agendapunt | None = None,
) -> Voorstelkeuze:
    """Keep the choice on one thing. Raises ValidationError when somebody else chose on it meanwhile."""
    onderwerp = {f"{veld}_id": rij.stuk.pk if veld == rij.veld else None for veld, _ in VELDEN.values()}
    al = Voorstelkeuze.objects.filter(vergadering=vergadering, **onderwerp).first()
    if al is not None and not (al.keuze == Keuze.HOUDEN and al.agendapunt_id is None):
        wie = f" door {al.door.functie}" if al.door else ""
        raise ValidationError(f"Over '{rij.wat}' is intussen{wie} gekozen. Laad de pagina opnieuw.")
    if al is not None:
        al.delete()
    return Voorstelkeuze.objects.create(
        vergadering=vergadering,
        aanleiding=rij.aanleiding,
        **onderwerp,
        keuze=keuze,
        reden=reden,
        naar_vergadering=naar,
        agendapunt=punt,
        door=door,
        vastgelegd_op=moment,
    )


def _titel(rij: Voorstel) -> str:
    if rij.aanleiding == Aanleiding.VERSLAG:
        return f"{rij.wat} vaststellen"
    if rij.aanleiding == Aanleiding.TERUGKOPPELING:
        return f"Terugkoppeling: {rij.wat}"
    if rij.aanleiding == Aanleiding.TERMIJN and rij.maatregelen:
        return f"{rij.maatregelen[0].titel}: {rij.wat}"
    return rij.wat


def titel_voor(rij: Voorstel) -> str:
    """How the point is called that this becomes, unless somebody gives it another title."""
    titel = " ".join(_titel(rij).split())
    return titel if len(titel) <= LENGTE_TITEL else f"{titel[: LENGTE_TITEL - 1]}…"


def _doel(rijen: Iterable[Voorstel]) -> str:
    besluitend = {Aanleiding.VERSLAG, Aanleiding.TERUGKOPPELING}
    return str(Doel.BESLUITEN if all(rij.aanleiding in besluitend for rij in rijen) else Doel.BESPREKEN)


def _onderwerpen(vergadering: Vergadering, rijen: Iterable[Voorstel], punt: Agendapunt | None = None) -> Onderwerpen:
    """What a point is about that holds these, beside what it was about already. At most three queries."""
    maatregelen = {stuk.pk: stuk for stuk in (punt.maatregelen.all() if punt else ())}
    besluiten = {besluit.pk: besluit for besluit in (punt.eerdere_besluiten.all() if punt else ())}
    genomen = []
    for rij in rijen:
        maatregelen |= {stuk.pk: stuk for stuk in rij.maatregelen}
        if isinstance(rij.stuk, Terugkoppeling):
            genomen.append(rij.stuk.besluit_id)
    if genomen:
        besluiten |= van_eerder(Besluit.objects.filter(pk__in=genomen), vergadering).order_by("code").in_bulk()
    return Onderwerpen(maatregelen=list(maatregelen.values()), besluiten=list(besluiten.values()))


def houd(
    vergadering: Vergadering,
    rijen: Sequence[Voorstel],
    *,
    samen: bool = False,
    titel: str = "",
    punt: Agendapunt | None = None,
    door: Persoon,
    moment: datetime.datetime | None = None,
) -> list[Agendapunt]:
    """Put these on the agenda: a point each, `samen` as one point, or with a `punt` that is there; with their measures.

    Raises ValidationError, Gesloten, or Verouderd when the point is gone.
    """
    moment = moment or timezone.now()
    with transaction.atomic():
        _begin(vergadering, rijen)
        if punt is not None:
            wijzig_punt(punt, {}, versie=None, over=_onderwerpen(vergadering, rijen, punt), moment=moment)
            bundels = [(list(rijen), punt)]
        else:
            groepen = [list(rijen)] if samen else [[rij] for rij in rijen]
            bundels = [(groep, _maak_punt(vergadering, groep, titel, moment)) for groep in groepen]
        for groep, stuk in bundels:
            for rij in groep:
                _kies(vergadering, rij, Keuze.HOUDEN, door=door, moment=moment, punt=stuk)
    return [stuk for _, stuk in bundels]


def _maak_punt(vergadering: Vergadering, groep: list[Voorstel], titel: str, moment: datetime.datetime) -> Agendapunt:
    eigen = " ".join(titel.split())
    if len(eigen) > LENGTE_TITEL:
        raise ValidationError({"titel": f"Houd de titel onder {LENGTE_TITEL} tekens."})
    if len(groep) > 1 and not eigen:
        raise ValidationError({"titel": "Geef het punt een titel: het gaat over meer dan een ding."})
    velden: dict[str, Any] = {"titel": eigen or titel_voor(groep[0]), "doel": _doel(groep)}
    if len(groep) > 1:
        velden["toelichting"] = "\n".join(f"- {rij.wat}" for rij in groep)
    return voeg_punt_toe(
        vergadering,
        velden,
        over=_onderwerpen(vergadering, groep),
        moment=moment,
    )


def _reden(tekst: str) -> str:
    reden = " ".join(tekst.split())
    if not reden:
        raise ValidationError({"reden": "Schrijf in een zin waarom."})
    if len(reden) > LENGTE_REDEN:
        raise ValidationError({"reden": f"Houd de reden onder {LENGTE_REDEN} tekens."})
    return reden


def laat_vallen(
    vergadering: Vergadering,
    rijen: Sequence[Voorstel],
    *,
    reden: str,
    door: Persoon,
    moment: datetime.datetime | None = None,
) -> None:
    """Not on this agenda, for a reason; for a next meeting it is asked again. Raises ValidationError."""
    woorden, moment = _reden(reden), moment or timezone.now()
    with transaction.atomic():
        _begin(vergadering, rijen)
        for rij in rijen:
            _kies(vergadering, rij, Keuze.LATEN_VALLEN, door=door, moment=moment, reden=woorden)


def verplaats(
    vergadering: Vergadering,
    rijen: Sequence[Voorstel],
    naar: Vergadering | None,
    *,
    reden: str,
    door: Persoon,
    moment: datetime.datetime | None = None,
) -> None:
    """To another meeting that is to come, for a reason; it is offered there. Raises ValidationError."""
    woorden, moment = _reden(reden), moment or timezone.now()
    if naar is None:
        raise ValidationError({"naar": "Kies naar welke vergadering."})
    if naar.pk == vergadering.pk or naar.is_geweest or _is_voorbij(naar, timezone.localdate(moment)):
        raise ValidationError({"naar": "Kies een andere vergadering die nog komt."})
    with transaction.atomic():
        _begin(vergadering, rijen)
        for rij in rijen:
            _kies(vergadering, rij, Keuze.VERPLAATSEN, door=door, moment=moment, reden=woorden, naar=naar)


def maak_ongedaan(
    vergadering: Vergadering,
    rijen: Sequence[Voorstel],
    *,
    door: Persoon,
    moment: datetime.datetime | None = None,
) -> list[Agendapunt]:
    """Take choices back, so that they are asked again; answers the points that stay on the agenda.

    A point goes with its last choice as long as nobody changed it or added anything to it. What was chosen and by whom
    history keeps. Raises ValidationError.
    """
    moment = moment or timezone.now()
    with transaction.atomic():
        _begin(vergadering, rijen)
        sleutels = [rij.keuze.pk for rij in rijen if rij.keuze is not None]
        keuzes = list(Voorstelkeuze.objects.filter(pk__in=sleutels, vergadering=vergadering))
        punten = {keuze.agendapunt_id for keuze in keuzes if keuze.agendapunt_id is not None}
        Voorstelkeuze.objects.filter(pk__in=[keuze.pk for keuze in keuzes]).delete()
        blijft = []
        for punt in Agendapunt.objects.filter(pk__in=punten).order_by("-volgorde"):
            if punt.voorstelkeuzes.exists() or not _is_onaangeroerd(punt):
                blijft.append(punt)
                continue
            verwijder_punt(punt, versie=None, moment=moment)
    return blijft


def _is_onaangeroerd(punt: Agendapunt) -> bool:
    """Whether nobody wrote, annexed or noted anything at a point since it was made, other than its place."""
    historie: Any = punt.pgh_event_model.objects  # type: ignore[attr-defined]
    eerste = historie.filter(pgh_obj=punt.pk).order_by("pgh_id").first()
    zelfde = eerste is None or all(
        getattr(eerste, naam) == getattr(punt, naam)
        for naam in ("titel", "doel", "duur_minuten", "toelichting", "bespreking", "vervolg_op_id")
    )
    families = ("bijlagen", "inbreng", "besluiten", "actiepunten", "cijfers", "trends", "inleiding", "addenda")
    return zelfde and punt.vervolg_op_id is None and not any(getattr(punt, naam).exists() for naam in families)


def _is_voorbij(vergadering: Vergadering, vandaag: datetime.date) -> bool:
    """Whether its day has passed without anybody saying that it was held."""
    laatst = vergadering.datum or vergadering.schatting_tot
    return laatst is not None and laatst < vandaag


def mogelijke_bestemmingen(
    vergaderingen: VergaderingQuerySet, vergadering: Vergadering, vandaag: datetime.date
) -> VergaderingQuerySet:
    """The meetings that something can be moved to: those of the same table that are still to come."""
    voorbij = Q(datum__lt=vandaag) | Q(datum=None, schatting_tot__lt=vandaag)
    rijen: VergaderingQuerySet = _zelfde_tafel(
        vergaderingen.exclude(staat__in=GEWEEST).exclude(voorbij), vergadering, ""
    )
    return rijen.exclude(pk=vergadering.pk).order_by(F("datum").asc(nulls_last=True), "schatting_van", "pk")
