"""All that is known of one measure, in a fixed number of queries however much there is.

What happened to it (status, progress, legal stages, mail) is one list, and so is what it is connected with.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    DateTimeField,
    Exists,
    F,
    IntegerField,
    Min,
    OuterRef,
    Prefetch,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast

from maatregelen.herinnerschema import vaag_na
from maatregelen.models import (
    Betrokkenheid,
    BetrokkenheidRol,
    Maatregel,
    Mijlpaal,
    Opvolging,
    Opvolgingsoort,
    Persoon,
    Reactie,
    Status,
    Statuswijziging,
    Themaplaats,
    Tijdsaanduiding,
    Uitstel,
    Volger,
    Voortgang,
    Wetsfase,
    Wetsstap,
)
from maatregelen.models.maatregel import MaatregelQuerySet
from maatregelen.reacties import reacties_van
from maatregelen.signalen import Signaal, signalen
from maatregelen.termijngeschiedenis import met_wijzigingen, verhaal_van
from maatregelen.termijninvoer import kanttekening
from maatregelen.termijnkalender import op_sleuteldag
from maatregelen.tijdreis import hier

STATUS, VOORTGANG, STAP = "status", "voortgang", "stap"
ONDERDEEL, OPVOLGER, VOORLOPER, THEMA = "onderdeel", "opvolger", "voorloper", "thema"


@dataclass(frozen=True)
class Gebeurtenis:
    """Something that happened: `dag` when it held, `moment` when it was recorded here (None: not known).

    For status and progress `van` and `naar` are values; for a stage `naar` is the stage and `tekst` its source.
    """

    soort: str
    sleutel: int
    dag: datetime.date
    moment: datetime.datetime | None
    van: str
    naar: str
    tekst: str
    wie: str

    @property
    def woorden(self) -> tuple[str, str]:
        """`van` and `naar` as a reader knows them."""
        if self.soort == STATUS:
            return (str(Status(self.van).label) if self.van else "", str(Status(self.naar).label))
        if self.soort == VOORTGANG:
            return "", str(Voortgang(self.naar).label)
        return "", str(Wetsfase(self.naar).label)


@dataclass(frozen=True)
class Verband:
    """A measure that this one is connected with, and how."""

    soort: str
    sleutel: int
    code: str
    titel: str
    status: str
    agenda: str
    agenda_slug: str
    agenda_dag: datetime.date
    plaats: int
    groep: str
    tekst: str
    noot: str
    wie: str
    thema: str  # name in addresses, of a subject

    @property
    def statuswoord(self) -> str:
        """The status as a reader knows it."""
        return str(Status(self.status).label)

    @property
    def groepwoord(self) -> str:
        """How the one lives on in the other, as a reader knows it."""
        return str(Opvolgingsoort(self.groep).label)

    @property
    def url(self) -> str:
        """Its page."""
        return f"/maatregelen/{self.code}/"


@dataclass(frozen=True)
class Themareeks:
    """A subject through the agendas: its measures, oldest agenda first."""

    slug: str
    titel: str
    ontwikkeling: str
    noot: str
    maatregelen: list[Verband]


@dataclass(frozen=True)
class Inzage:
    """One measure and all that belongs to it."""

    maatregel: Maatregel
    volgt: bool
    betrokkenheden: list[Betrokkenheid]
    mijlpalen: list[Mijlpaal]
    tijdsaanduidingen: list[Tijdsaanduiding]
    gebeurtenissen: list[Gebeurtenis]
    verbanden: list[Verband]
    reacties: list[Reactie]
    vaag_na: dict[str, int]

    def betrokken_als(self, rol: str) -> list[Betrokkenheid]:
        """Who has this role now."""
        return [rij for rij in self.betrokkenheden if rij.rol == rol and rij.tot is None]

    @property
    def beeindigd(self) -> list[Betrokkenheid]:
        """Who was involved and is no longer."""
        return [rij for rij in self.betrokkenheden if rij.tot is not None]

    @property
    def geschiedenis(self) -> list[Gebeurtenis]:
        """Changes of status and reports of progress, newest first."""
        return self._gebeurd(STATUS, VOORTGANG)

    @property
    def laatste_reden(self) -> str:
        """Why the status is what it is."""
        return next((rij.tekst for rij in self._gebeurd(STATUS)), "")

    @property
    def wetsstappen(self) -> list[Gebeurtenis]:
        """The stages of the legal track that were reached, oldest first."""
        return self._gebeurd(STAP)[::-1]

    def _gebeurd(self, *soorten: str) -> list[Gebeurtenis]:
        return [rij for rij in self.gebeurtenissen if rij.soort in soorten]

    def verbonden(self, soort: str) -> list[Verband]:
        """The measures that are connected in this way."""
        return [rij for rij in self.verbanden if rij.soort == soort]

    @property
    def themareeksen(self) -> list[Themareeks]:
        """The subjects in which this measure stands, each with all its measures."""
        reeksen: dict[str, Themareeks] = {}
        for rij in self.verbonden(THEMA):
            reeks = reeksen.setdefault(rij.thema, Themareeks(rij.thema, rij.groep, rij.tekst, rij.noot, []))
            reeks.maatregelen.append(rij)
        return list(reeksen.values())

    def signalen(self, vandaag: datetime.date) -> list[Signaal]:
        """What the data says about this measure, most urgent first."""
        gemeld = [rij.dag for rij in self.geschiedenis if rij.wie]
        return signalen(
            self.maatregel,
            vandaag=vandaag,
            verantwoordelijken=self.betrokken_als(BetrokkenheidRol.VERANTWOORDELIJK),
            mijlpalen=self.mijlpalen,
            stand_gemeld=bool(gemeld),
            laatst_gemeld=max(gemeld, default=None),
            vaag_na=self.vaag_na,
        )


def _leeg(veld: Any) -> Cast:
    return Cast(Value(None), veld)


def _tekst(bron: Any) -> Cast:
    return Cast(bron, TextField())


_GEBEURD = ("g_soort", "g_sleutel", "g_dag", "g_moment", "g_van", "g_naar", "g_tekst", "g_wie")
_VERBAND = (
    "v_soort", "v_sleutel", "v_code", "v_titel", "v_status", "v_agenda", "v_slug", "v_dag", "v_plaats", "v_groep",
    "v_tekst", "v_noot", "v_wie", "v_thema",
)  # fmt: skip


def _voortgangen(maatregel: int) -> QuerySet[Any, Any]:
    """The versions of a measure that say how it goes. A history table has no view of the past: bounded here."""
    historie: Any = Maatregel.pgh_event_model.objects  # type: ignore[attr-defined]
    rijen: QuerySet[Any, Any] = historie.filter(pgh_obj=maatregel, voortgang_op__isnull=False)
    daar = hier()
    if daar is not None and daar.peildatum is not None:
        rijen = rijen.filter(voortgang_op__lte=daar.peildatum)
    if daar is not None and daar.gezien_op is not None:
        rijen = rijen.filter(pgh_created_at__lte=daar.gezien_op)
    return rijen


def _gebeurtenissen(maatregel: int) -> list[Gebeurtenis]:
    """What happened to a measure, newest first, in one query."""
    niets = Value("", TextField())
    delen: list[QuerySet[Any, Any]] = [
        Statuswijziging.objects.filter(maatregel=maatregel)
        .order_by()
        .annotate(
            g_soort=Value(STATUS, TextField()),
            g_sleutel=Cast("pk", IntegerField()),
            g_dag=F("per"),
            g_moment=F("vastgelegd_op"),
            g_van=_tekst("van"),
            g_naar=_tekst("naar"),
            g_tekst=_tekst("toelichting"),
            g_wie=_tekst("door__functie"),
        )
        .values_list(*_GEBEURD),
        # A later report overwrites the former one in the measure itself; the history table keeps each of them.
        _voortgangen(maatregel)
        .order_by()
        .values("voortgang", "voortgang_op", "voortgang_toelichting", "voortgang_door__functie")
        .annotate(
            g_soort=Value(VOORTGANG, TextField()),
            g_sleutel=Cast(Min("pgh_id"), IntegerField()),
            g_dag=F("voortgang_op"),
            g_moment=Min("pgh_created_at"),
            g_van=niets,
            g_naar=_tekst("voortgang"),
            g_tekst=_tekst("voortgang_toelichting"),
            g_wie=_tekst("voortgang_door__functie"),
        )
        .values_list(*_GEBEURD),
        Wetsstap.objects.filter(wetstraject__maatregel=maatregel)
        .order_by()
        .annotate(
            g_soort=Value(STAP, TextField()),
            g_sleutel=Cast("pk", IntegerField()),
            g_dag=F("bereikt_op"),
            g_moment=_leeg(DateTimeField()),
            g_van=niets,
            g_naar=_tekst("fase"),
            g_tekst=_tekst("bron"),
            g_wie=_tekst("door__functie"),
        )
        .values_list(*_GEBEURD),
    ]
    rijen = delen[0].union(*delen[1:], all=True)
    gebeurd = [
        Gebeurtenis(soort, sleutel, dag, moment, van or "", naar, tekst, wie or "")
        for soort, sleutel, dag, moment, van, naar, tekst, wie in rijen
    ]
    # What held on the same day stands in the order in which it was recorded.
    return sorted(gebeurd, key=lambda rij: (rij.dag, rij.moment.timestamp() if rij.moment else 0, rij.sleutel))[::-1]


def _ander(weg: str) -> dict[str, Any]:
    """The columns of a connected measure that is reached along a path of relations."""
    pad = f"{weg}__" if weg else ""
    return {
        "v_code": F(f"{pad}code"),
        "v_titel": F(f"{pad}titel"),
        "v_status": F(f"{pad}status"),
        "v_agenda": F(f"{pad}pijler__agenda__titel"),
        "v_slug": F(f"{pad}pijler__agenda__slug"),
        "v_dag": F(f"{pad}pijler__agenda__geldt_vanaf"),
    }


def _verbanden(maatregel: int) -> list[Verband]:
    """What a measure is connected with, in one query: its parts, what it lives on in or came from, its themes."""
    niets = Value("", TextField())

    def opvolging(soort: str, hier: str, daar: str) -> QuerySet[Any, Any]:
        return (
            Opvolging.objects.filter(**{hier: maatregel})
            .order_by()
            .annotate(
                v_soort=Value(soort, TextField()),
                v_sleutel=Cast("pk", IntegerField()),
                **_ander(daar),
                v_plaats=Value(0),
                v_groep=_tekst("soort"),
                v_tekst=_tekst("toelichting"),
                v_noot=niets,
                v_wie=_tekst("door__functie"),
                v_thema=niets,
            )
            .values_list(*_VERBAND)
        )

    delen: list[QuerySet[Any, Any]] = [
        Maatregel.objects.filter(bovenliggend=maatregel)
        .order_by()
        .annotate(
            v_soort=Value(ONDERDEEL, TextField()),
            v_sleutel=Cast("pk", IntegerField()),
            **_ander(""),
            v_plaats=Cast("volgorde", IntegerField()),
            v_groep=niets,
            v_tekst=niets,
            v_noot=niets,
            v_wie=niets,
            v_thema=niets,
        )
        .values_list(*_VERBAND),
        opvolging(OPVOLGER, "van", "naar"),
        opvolging(VOORLOPER, "naar", "van"),
        Themaplaats.objects.filter(thema__plaatsen__maatregel=maatregel)
        .order_by()
        .annotate(
            v_soort=Value(THEMA, TextField()),
            v_sleutel=Cast("pk", IntegerField()),
            **_ander("maatregel"),
            v_plaats=Cast("volgorde", IntegerField()),
            v_groep=_tekst("thema__titel"),
            v_tekst=_tekst("thema__ontwikkeling"),
            v_noot=_tekst("thema__toelichting"),
            v_wie=niets,
            v_thema=_tekst("thema__slug"),
        )
        .values_list(*_VERBAND),
    ]
    rijen: Any = delen[0].union(*delen[1:], all=True)
    waarden: list[list[Any]] = [["" if deel is None else deel for deel in rij] for rij in rijen]
    return sorted((Verband(*rij) for rij in waarden), key=lambda rij: (rij.groep, rij.agenda_dag, rij.plaats, rij.code))


def lees(zichtbaar: MaatregelQuerySet, code: str, *, lezer: Persoon | None) -> Inzage:
    """All that is known of the measure with this code, among those the reader may see: eight queries.

    Raises Maatregel.DoesNotExist.
    """
    maatregel = (
        zichtbaar.select_related(
            *("pijler__agenda__brontekst", "pijler__bovenliggend", "bovenliggend", "voortgang_door", "wetstraject"),
            *("zicht_voor", "stil_voor"),
        )
        .annotate(volgt=Exists(Volger.objects.filter(maatregel=OuterRef("pk"), persoon=lezer)))
        .get(code=code)
    )
    betrokkenheden = list(maatregel.betrokkenheden.select_related("organisatie__opvolger", "door"))
    mijlpalen = _mijlpalen(maatregel)
    tijdsaanduidingen = list(maatregel.tijdsaanduidingen.all())
    _hang_aan(maatregel, betrokkenheden, mijlpalen, tijdsaanduidingen)
    return Inzage(
        maatregel=maatregel,
        volgt=maatregel.volgt,  # type: ignore[attr-defined]
        betrokkenheden=betrokkenheden,
        mijlpalen=mijlpalen,
        tijdsaanduidingen=tijdsaanduidingen,
        gebeurtenissen=_gebeurtenissen(maatregel.pk),
        verbanden=_verbanden(maatregel.pk),
        reacties=reacties_van([maatregel.pk])[maatregel.pk],
        vaag_na=vaag_na(),
    )


def _mijlpalen(maatregel: Maatregel) -> list[Mijlpaal]:
    """The milestones in the order of the calendar, each with what became of its termijn and who put off reminders."""
    uitgesteld = Uitstel.objects.filter(ingetrokken_op=None).select_related("persoon").order_by("tot", "id")
    rijen = met_wijzigingen(op_sleuteldag(Mijlpaal.objects.filter(maatregel=maatregel).met_vaag_sinds()))
    mijlpalen = list(
        rijen.select_related("behaald_door", "na_mijlpaal__maatregel", "volgende").prefetch_related(
            Prefetch("uitstellen", queryset=uitgesteld, to_attr="uitgesteld")
        )
    )
    for mijlpaal in mijlpalen:
        verhaal = verhaal_van(mijlpaal)
        mijlpaal.verhaal = verhaal  # type: ignore[attr-defined]
        mijlpaal.aantal_verplaatst = verhaal.aantal_verplaatst  # type: ignore[attr-defined]
        mijlpaal.kanttekening = kanttekening(mijlpaal)  # type: ignore[attr-defined]
    return mijlpalen


def _hang_aan(
    maatregel: Maatregel,
    betrokkenheden: Iterable[Betrokkenheid],
    mijlpalen: Iterable[Mijlpaal],
    tijdsaanduidingen: Iterable[Tijdsaanduiding],
) -> None:
    """Give each row the measure itself, with its section and agenda, so that nobody asks for them again."""
    for betrokkenheid in betrokkenheden:
        betrokkenheid.maatregel = maatregel
    for mijlpaal in mijlpalen:
        mijlpaal.maatregel = maatregel
    for tijdsaanduiding in tijdsaanduidingen:
        tijdsaanduiding.maatregel = maatregel
    # The rows that lists and rights ask for, as Maatregel.objects.voor_lijst() gives them.
    maatregel.verantwoordelijken = [  # type: ignore[attr-defined]
        rij for rij in betrokkenheden if rij.rol == BetrokkenheidRol.VERANTWOORDELIJK and rij.tot is None
    ]
