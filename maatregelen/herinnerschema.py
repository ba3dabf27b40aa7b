"""When to remind, and whom beside the owner: the steps per kind of termijn, the product's own or the beheerder's.

An announcement goes out on the last working day on or before its step, a reminder afterwards on the first working day
on or after it. Of steps that were missed only the latest is made up for.
"""

import datetime
import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Max

from maatregelen.models import (
    FIJNHEID_VAN,
    Escalatie,
    Escalatiedoel,
    Fijnheid,
    Hardheid,
    Herinnerregel,
    Mijlpaal,
    Organisatie,
    Persoon,
    Stap,
)
from maatregelen.models.mijlpaal import Termijn
from maatregelen.versiebewaking import Verouderd
from maatregelen.werkdagen import volgende_werkdag, werkdag_tot, werkdag_vanaf

LANGST = 3660  # days: ten years
MEESTE_MOMENTEN = 12
MEESTE_ESCALATIES = 6
SLOT = 2018_2029  # of the advisory lock: who changes an escalation chain takes turns


@dataclass(frozen=True)
class Regel:
    """The steps for one kind of termijn; all numbers are days. `versie` 0: the product's own, nobody changed it."""

    hardheid: str
    fijnheid: str
    vooraf: tuple[int, ...] = ()
    stil_na_begin: int = 0
    daarna_elke: int = 7
    stopt_na: int = 91
    vaag_na: int = 180
    versie: int = 0

    def als_invoer(self) -> dict[str, Any]:
        """As the due question takes it."""
        return {**asdict(self), "vooraf": list(self.vooraf)}

    @property
    def vooraf_tekst(self) -> str:
        """The days before, as one types them: 30, 14, 7, 1, 0."""
        return ", ".join(str(dag) for dag in self.vooraf)

    @property
    def erna_tekst(self) -> str:
        """What goes out after the latest day: erna elke 7 dagen, tot dag 91."""
        if not self.stopt_na:
            return "erna niets"
        if not self.daarna_elke or self.daarna_elke >= self.stopt_na:
            return "erna één keer"
        hoe_vaak = "elke dag" if self.daarna_elke == 1 else f"elke {self.daarna_elke} dagen"
        return f"erna {hoe_vaak}, tot dag {self.stopt_na}"

    @property
    def in_woorden(self) -> str:
        """All steps in a sentence, without its full stop."""
        if self.fijnheid == Fijnheid.VAAG:
            return f"al lang vaag na {self.vaag_na} dagen"
        stil = f", stil in de eerste {self.stil_na_begin} dagen" if self.stil_na_begin else ""
        vooraf = f"{self.vooraf_tekst} dagen vooraf" if self.vooraf else "vooraf niets"
        return f"{vooraf}{stil}, {self.erna_tekst}"


def _eigen_regels() -> dict[tuple[str, str], Regel]:
    vooraf: dict[tuple[Hardheid, Fijnheid], tuple[int, ...]] = {
        (Hardheid.WETTELIJK, Fijnheid.DAG): (30, 14, 7, 1, 0),
        (Hardheid.TOEZEGGING, Fijnheid.DAG): (30, 14, 7, 1, 0),
        (Hardheid.STREVEN, Fijnheid.DAG): (14, 1),
        (Hardheid.NORM, Fijnheid.DAG): (14, 1),
        (Hardheid.WETTELIJK, Fijnheid.MAAND): (30, 14, 7, 0),
        (Hardheid.TOEZEGGING, Fijnheid.MAAND): (30, 14, 7),
        (Hardheid.STREVEN, Fijnheid.MAAND): (14,),
        (Hardheid.NORM, Fijnheid.MAAND): (14,),
        (Hardheid.WETTELIJK, Fijnheid.RUIM): (60, 30, 14, 0),
        (Hardheid.TOEZEGGING, Fijnheid.RUIM): (60, 30, 14),
        (Hardheid.STREVEN, Fijnheid.RUIM): (30,),
        (Hardheid.NORM, Fijnheid.RUIM): (30,),
    }
    uit = {}
    for hardheid in Hardheid:
        for fijnheid in Fijnheid:
            # "Tweede helft 2026" asks for nothing in its first month.
            stil = 31 if fijnheid == Fijnheid.RUIM else 0
            uit[(str(hardheid), str(fijnheid))] = Regel(
                str(hardheid), str(fijnheid), vooraf.get((hardheid, fijnheid), ()), stil_na_begin=stil
            )
    return uit


EIGEN_REGELS = _eigen_regels()
# After two weeks the chief hears of it, after four the LRT-secretariaat.
EIGEN_ESCALATIE = ((14, Escalatiedoel.LEIDINGGEVENDE), (28, Escalatiedoel.SECRETARIAAT))


def regels() -> dict[tuple[str, str], Regel]:
    """The steps in force per (hardheid, fijnheid), in the order in which they are shown. One query."""
    uit = dict(EIGEN_REGELS)
    for rij in Herinnerregel.objects.all():
        uit[(rij.hardheid, rij.fijnheid)] = Regel(
            rij.hardheid,
            rij.fijnheid,
            tuple(rij.vooraf),
            rij.stil_na_begin,
            rij.daarna_elke,
            rij.stopt_na,
            rij.vaag_na,
            rij.versie,
        )
    return uit


def regel_voor(mijlpaal: Mijlpaal, van_kracht: dict[tuple[str, str], Regel]) -> Regel:
    """The steps that hold for a milestone."""
    return van_kracht[(mijlpaal.hardheid, str(FIJNHEID_VAN[mijlpaal.precisie]))]


def vaag_na() -> dict[str, int]:
    """After how many days a termijn without a day is called 'al lang vaag', per hardheid. One query."""
    return {hardheid: regel.vaag_na for (hardheid, fijnheid), regel in regels().items() if fijnheid == Fijnheid.VAAG}


def controleer_stappen(vooraf: Collection[int], grenzen: Mapping[str, int]) -> None:
    """Raise ValidationError per field for steps that cannot be; `grenzen`: the other numbers of days, by field."""
    fouten: dict[str, str] = {}
    if any(not 0 <= dag <= 366 for dag in vooraf):
        fouten["vooraf"] = "Kies dagen van 0 tot en met 366."
    if len(vooraf) > MEESTE_MOMENTEN:
        fouten["vooraf"] = "Kies hoogstens twaalf momenten."
    for veld, dag in grenzen.items():
        if not 0 <= dag <= LANGST:
            fouten[veld] = f"Kies een aantal dagen van 0 tot en met {LANGST}."
    if fouten:
        raise ValidationError(fouten)


def wijzig_regel(
    hardheid: str,
    fijnheid: str,
    *,
    vooraf: Iterable[int],
    stil_na_begin: int,
    daarna_elke: int,
    stopt_na: int,
    vaag_na: int,
    versie: int | None,
) -> None:
    """Set the steps for a kind of termijn. `versie` is the one the person looked at (0: the product's own).

    Raises ValidationError per field, and Verouderd when somebody else was first.
    """
    dagen = sorted(set(vooraf), reverse=True)
    grenzen = {"stil_na_begin": stil_na_begin, "daarna_elke": daarna_elke, "stopt_na": stopt_na, "vaag_na": vaag_na}
    controleer_stappen(dagen, grenzen)
    with transaction.atomic():
        eigen = EIGEN_REGELS[(hardheid, fijnheid)].als_invoer()
        sleutel = {"hardheid": eigen.pop("hardheid"), "fijnheid": eigen.pop("fijnheid")}
        # Made as the product has it, version 0: so the second of two who are first together waits for the row.
        Herinnerregel.objects.get_or_create(**sleutel, defaults=eigen)
        rij = Herinnerregel.objects.select_for_update().get(**sleutel)
        if versie is not None and rij.versie != versie:
            raise Verouderd(rij.versie)
        for veld, dag in grenzen.items():
            setattr(rij, veld, dag)
        # Counts on after "back to the product's own": who still has an earlier version before them must notice.
        historie: Any = Herinnerregel.pgh_event_model.objects  # type: ignore[attr-defined]
        hoogste = historie.filter(**sleutel).aggregate(hoogste=Max("versie"))["hoogste"] or 0
        rij.vooraf, rij.versie = dagen, max(rij.versie, hoogste) + 1
        rij.save()


def herstel_regel(hardheid: str, fijnheid: str, *, versie: int | None) -> None:
    """Back to the product's own steps; history keeps what was set. `versie`: see `wijzig_regel`.

    Raises Verouderd when somebody else changed or restored them meanwhile.
    """
    with transaction.atomic():
        rij = Herinnerregel.objects.select_for_update().filter(hardheid=hardheid, fijnheid=fijnheid).first()
        huidig = rij.versie if rij else 0
        if versie is not None and versie != huidig:
            raise Verouderd(huidig)
        if rij:
            rij.delete()


@dataclass(frozen=True)
class Escalatiestap:
    """From so many days after the latest day this one is told as well."""

    na_dagen: int
    doel: str
    persoon: Persoon | None = None

    @property
    def wie(self) -> str:
        """To whom, in words."""
        return str(self.persoon) if self.persoon else str(Escalatiedoel(self.doel).label)

    @property
    def in_woorden(self) -> str:
        """The step in words, without its full stop."""
        return f"na {self.na_dagen} {'dag' if self.na_dagen == 1 else 'dagen'} {self.wie}"


def escalaties() -> dict[int | None, list[Escalatiestap]]:
    """The chain per organisation (id), and under None the one for all others, by days. One query."""
    uit: dict[int | None, list[Escalatiestap]] = {}
    for rij in Escalatie.objects.select_related("persoon").order_by("na_dagen", "id"):
        uit.setdefault(rij.organisatie_id, []).append(Escalatiestap(rij.na_dagen, rij.doel, rij.persoon))
    if None not in uit:
        uit[None] = [Escalatiestap(dagen, doel) for dagen, doel in EIGEN_ESCALATIE]
    return uit


def kenmerk(organisatie: Organisatie | None) -> str:
    """What identifies the chain as it stands: who changes it says from which one. One query."""
    rijen = Escalatie.objects.filter(organisatie=organisatie).order_by("na_dagen", "doel", "persoon_id")
    inhoud = repr(list(rijen.values_list("na_dagen", "doel", "persoon_id")))
    return hashlib.sha256(inhoud.encode()).hexdigest()[:16]


def zet_escalaties(
    organisatie: Organisatie | None, stappen: Sequence[Escalatiestap], *, gezien: str | None = None
) -> None:
    """Replace the chain of an organisation (None: of all without their own).

    None at all means the general chain, and for the general chain the product's own. `gezien` is the `kenmerk` of the
    chain the person looked at (None: they did not look). Raises Verouderd when it has changed, and ValidationError: too
    many steps, an impossible number of days, a person missing, too many or not active, the same step twice.
    """
    if len(stappen) > MEESTE_ESCALATIES:
        raise ValidationError(f"Kies hoogstens {MEESTE_ESCALATIES} stappen.")
    for stap in stappen:
        if not 1 <= stap.na_dagen <= LANGST:
            raise ValidationError(f"Kies een aantal dagen van 1 tot en met {LANGST}.")
        if (stap.doel == Escalatiedoel.PERSOON) != (stap.persoon is not None):
            raise ValidationError("Kies een persoon als de stap naar een vaste persoon gaat, en anders geen.")
        if stap.persoon is not None and not stap.persoon.is_active:
            raise ValidationError(f"{stap.persoon} is niet actief en krijgt geen berichten. Kies iemand anders.")
    if len({(stap.na_dagen, stap.doel, stap.persoon) for stap in stappen}) != len(stappen):
        raise ValidationError("Dezelfde stap staat er twee keer.")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SLOT])
        if gezien is not None and gezien != kenmerk(organisatie):
            raise Verouderd(0)
        Escalatie.objects.filter(organisatie=organisatie).delete()
        Escalatie.objects.bulk_create(
            Escalatie(organisatie=organisatie, na_dagen=stap.na_dagen, doel=stap.doel, persoon=stap.persoon)
            for stap in stappen
        )


@dataclass(frozen=True)
class Komend:
    """A step that comes: on which day, and of which kind (`trede`: days before, or days after)."""

    dag: datetime.date
    stap: Stap
    trede: int


def stilte_tot(termijn: Termijn, regel: Regel) -> datetime.date | None:
    """The first day on which a long period may be announced: not in its first month. None where nothing holds it back.

    Short is less than twice the quiet time: "begin december" would otherwise be over before it was ever mentioned.
    """
    if not regel.stil_na_begin or termijn.begin is None or termijn.einde is None:
        return None
    if (termijn.einde - termijn.begin).days < 2 * regel.stil_na_begin:
        return None
    return termijn.begin + datetime.timedelta(days=regel.stil_na_begin)


def komende_stappen(mijlpaal: Mijlpaal, regel: Regel, vandaag: datetime.date, *, hoogstens: int = 5) -> list[Komend]:
    """The steps of a milestone from tomorrow on, if nothing changes, in order; none for a vague or reached one.

    Today's are in the ledger, or not needed.
    """
    sleutel = mijlpaal.einde or mijlpaal.begin
    if sleutel is None or mijlpaal.behaald_op is not None:
        return []
    uit: list[Komend] = []
    per_dag: dict[datetime.date, int] = {}
    for trede in regel.vooraf:
        dag = werkdag_tot(sleutel - datetime.timedelta(days=trede))
        if stilte := stilte_tot(mijlpaal, regel):
            # Kept back at the beginning: what was due by then comes when the quiet is over.
            dag = max(dag, werkdag_vanaf(stilte))
        if vandaag < dag <= sleutel:
            per_dag[dag] = min(trede, per_dag.get(dag, trede))
    uit += [Komend(dag, Stap.AANKONDIGING, trede) for dag, trede in sorted(per_dag.items())]
    if mijlpaal.einde is not None:
        trede = 1
        while len(uit) < hoogstens and trede <= regel.stopt_na:
            dag = werkdag_vanaf(mijlpaal.einde + datetime.timedelta(days=trede))
            if dag > vandaag:
                if uit and uit[-1].dag == dag:  # of steps that come on one day only the latest is told
                    uit.pop()
                uit.append(Komend(dag, Stap.VOORBIJ, trede))
            if not regel.daarna_elke:
                break
            trede += regel.daarna_elke
    return uit[:hoogstens]


def grens_vooraf(vandaag: datetime.date) -> datetime.date:
    """Steps before this day are due today: the next working day, so that a step in a weekend comes on Friday."""
    return volgende_werkdag(vandaag)
