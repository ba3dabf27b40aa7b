"""Whose turn it is on a day: the question of vragen/termijnen.sql for one person and one milestone, in Python.

For pages that look ahead. They need the answer for many days, and the answer of a day depends on what was told on the
days before it; asked of the database that would be a query per day. Whoever changes the one changes the other: the
tests of the pages that look ahead let the real run go day after day, and compare.
"""

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from maatregelen.herinnerplan import RANGEN, Rondedag, overzichtsdag
from maatregelen.herinnerschema import Regel, stilte_tot
from maatregelen.models import Berichtvoorkeur, Bezorging, Hoedanigheid, Mijlpaal, Stap
from maatregelen.ontvangers import GEEN_ORGANISATIE, Ontvanger
from maatregelen.werkdagen import volgende_werkdag, weekoverzicht_vanaf, werkdag_tot, werkdag_vanaf

VOORAF = datetime.timedelta(days=14)  # so much earlier than its own day a step can be in an overview, at most
EENMAAL = -1  # the step of a follower: once before and once after
# Who only hears of it because nothing happens cannot put that off.
UITSTELBAAR = (Hoedanigheid.DOSSIERHOUDER, Hoedanigheid.VOLGER)
ALS_VOLGER = Ontvanger(GEEN_ORGANISATIE, 0, Hoedanigheid.VOLGER, 0, "u volgt een selectie waar dit onder valt")


@dataclass(frozen=True)
class Beurt:
    """What one person is told about one milestone by the run of a day; `alsnog`: its own day was an earlier one."""

    stap: Stap
    trede: int
    rol: Ontvanger
    bezorging: Bezorging
    bezorgen_op: datetime.date
    alsnog: bool


def beurt(
    mijlpaal: Mijlpaal,
    regel: Regel,
    rollen: Iterable[Ontvanger],
    *,
    op: Rondedag,
    voorkeur: Berichtvoorkeur,
    is_uitgesteld: bool,
    is_verteld: Callable[[Stap, int], bool],
) -> Beurt | None:
    """Which step this person is at by the run of a day; None for none. The caller knows whether that was told already.

    `rollen`: as what they are told about it on that day, sooner or later. `is_verteld`: whether this step (days) of
    the milestone was told to this person, about its day as it is now.
    """
    sleutel, einde = mijlpaal.einde or mijlpaal.begin, mijlpaal.einde
    if sleutel is None:
        return None
    is_voorbij = einde is not None and einde < op.dag
    na = (op.dag - sleutel).days
    nu = [rol for rol in rollen if rol.na_dagen == 0 or (is_voorbij and na >= rol.na_dagen)]
    if not nu:
        return None
    rol = min(nu, key=lambda rol: (RANGEN[rol.hoedanigheid], -rol.na_dagen))
    als_volger = rol.hoedanigheid == Hoedanigheid.VOLGER
    bezorging = Bezorging(voorkeur.gevolgd if als_volger else voorkeur.eigen)
    if bezorging == Bezorging.GEEN or (is_uitgesteld and rol.hoedanigheid in UITSTELBAAR):
        return None
    stap = Stap.VOORBIJ if is_voorbij else Stap.AANKONDIGING
    if is_voorbij:
        # Each person's own rhythm: who hears of it after fourteen days hears again a week after that.
        eerste = max(1, min((een.na_dagen for een in nu if een.hoedanigheid != Hoedanigheid.VOLGER), default=0))
        trede = _erna(regel, sleutel, eerste, op, bezorging)
        if (
            trede is None
            and bezorging == Bezorging.WEEK
            and eerste == 1
            and regel.vooraf
            and _gaat_door(regel, sleutel, op, bezorging)
        ):  # over since the day of the overview, and not in it while it should have been
            vooraf = EENMAAL if als_volger else min(regel.vooraf)
            trede = None if is_verteld(Stap.AANKONDIGING, vooraf) else 1
    else:
        trede = _ervoor(mijlpaal, regel, sleutel, op, bezorging)
    if trede is None:
        return None
    alsnog = not als_volger and op.dag > _eigen_dag(mijlpaal, regel, sleutel, stap, trede, bezorging)
    bezorgen_op = op.overzicht if bezorging == Bezorging.WEEK else op.dag
    return Beurt(stap, EENMAAL if als_volger else trede, rol, bezorging, bezorgen_op, alsnog)


def _ervoor(mijlpaal: Mijlpaal, regel: Regel, sleutel: datetime.date, op: Rondedag, bezorging: Bezorging) -> int | None:
    """The latest step before the day, in days before it."""
    stilte = stilte_tot(mijlpaal, regel)
    if sleutel < op.dag or (stilte is not None and op.dag < stilte):
        return None
    grens = op.grens_week if bezorging == Bezorging.WEEK else op.grens_dag
    return min((dagen for dagen in regel.vooraf if sleutel - datetime.timedelta(days=dagen) < grens), default=None)


def _gaat_door(regel: Regel, sleutel: datetime.date, op: Rondedag, bezorging: Bezorging) -> bool:
    """Whether it is not yet so long ago that reminding has stopped. A last step in a weekend comes after it."""
    sinds = op.sinds_week if bezorging == Bezorging.WEEK else op.sinds_dag
    return regel.stopt_na > 0 and sleutel + datetime.timedelta(days=regel.stopt_na) >= sinds


def _erna(regel: Regel, sleutel: datetime.date, eerste: int, op: Rondedag, bezorging: Bezorging) -> int | None:
    """The latest step after the day, in days after it, for who hears of it from `eerste` days on."""
    if not _gaat_door(regel, sleutel, op, bezorging):
        return None
    geldt = op.overzicht if bezorging == Bezorging.WEEK else op.dag
    na = min((geldt - sleutel).days, regel.stopt_na)
    if na < eerste:
        return None
    return eerste + (na - eerste) // regel.daarna_elke * regel.daarna_elke if regel.daarna_elke else eerste


def _eigen_dag(
    mijlpaal: Mijlpaal, regel: Regel, sleutel: datetime.date, stap: Stap, trede: int, bezorging: Bezorging
) -> datetime.date:
    """The day on which a step goes out when nothing comes in between."""
    if stap == Stap.VOORBIJ:
        dag = sleutel + datetime.timedelta(days=trede)
        return weekoverzicht_vanaf(dag) if bezorging == Bezorging.WEEK else werkdag_vanaf(dag)
    dag = werkdag_tot(sleutel - datetime.timedelta(days=trede))
    # An overview announces what comes until the next one.
    dag = overzichtsdag(dag) if bezorging == Bezorging.WEEK else dag
    stilte = stilte_tot(mijlpaal, regel)
    return dag if stilte is None or dag >= stilte else werkdag_vanaf(stilte)


def beurtdagen(
    mijlpaal: Mijlpaal,
    regel: Regel,
    *,
    vanaf: datetime.date,
    tot_en_met: datetime.date,
    eerste_dagen: Collection[int],
    wisselingen: Iterable[datetime.date],
    met_overzichten: bool,
) -> set[datetime.date]:
    """The working days of a period on which a person can get to another step than on the day before: no others have to
    be looked at.

    `eerste_dagen`: from how many days after the latest day there are people who hear of it. `wisselingen`: days on
    which the people are others, or somebody's snooze is over. `met_overzichten`: somebody wants it by the week.
    """
    eerste = werkdag_vanaf(vanaf)
    # The day after as well: what comes up after the overview of a day goes with the next.
    dagen = {eerste, volgende_werkdag(eerste)}
    for dag in (*_stapdagen(mijlpaal, regel, vanaf, tot_en_met, {1, *eerste_dagen}), *wisselingen):
        if vanaf <= dag <= tot_en_met + VOORAF:
            dagen |= {werkdag_tot(dag), werkdag_vanaf(dag)}
    if met_overzichten:
        dagen |= {overzichtsdag(dag) for dag in dagen} | {weekoverzicht_vanaf(dag) for dag in dagen}
    return {dag for dag in dagen if eerste <= dag <= tot_en_met}


def _stapdagen(
    mijlpaal: Mijlpaal, regel: Regel, vanaf: datetime.date, tot_en_met: datetime.date, eerste_dagen: Collection[int]
) -> Iterator[datetime.date]:
    sleutel = mijlpaal.einde or mijlpaal.begin
    if sleutel is None:
        return
    for dagen in regel.vooraf:
        yield sleutel - datetime.timedelta(days=dagen)
    if stilte := stilte_tot(mijlpaal, regel):
        yield stilte
    if mijlpaal.einde is None:
        return
    laatste = min(regel.stopt_na, (tot_en_met - mijlpaal.einde).days)
    for eerste in eerste_dagen:
        elke = regel.daarna_elke or regel.stopt_na + 1
        al_gehad = max(0, (vanaf - mijlpaal.einde).days - eerste) // elke
        for dagen in range(eerste + al_gehad * elke, laatste + 1, elke):
            yield mijlpaal.einde + datetime.timedelta(days=dagen)
