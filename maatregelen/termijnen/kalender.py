"""Days, seasons and lengths: arithmetic that knows no words.

Seasons are those of the sky (the 21st), the recess of the Tweede Kamer starts after the first Thursday of July and ends
with August. Every function raises ValueError or OverflowError for what no calendar has, never a nearby day instead.
"""

import re
from datetime import date, timedelta

DAG = timedelta(days=1)
_LENGTES = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DUUR = re.compile(
    r"(-?)P(?:([0-9]{1,4})Y)?(?:([0-9]{1,4})M)?(?:([0-9]{1,4})W)?(?:([0-9]{1,5})D)?(?:T([0-9]{1,5})H)?", re.ASCII
)

# The recesses of the Tweede Kamer for which no rule holds, with their first and last day as it published them, by the
# year in which they begin. A year that is not here is not known: no day is made up for it.
RECESSEN = {
    ("mei", 2023): (date(2023, 4, 21), date(2023, 5, 8)),
    ("herfst", 2023): (date(2023, 10, 13), date(2023, 10, 23)),
    ("kerst", 2023): (date(2023, 12, 22), date(2024, 1, 15)),
    ("voorjaar", 2024): (date(2024, 2, 16), date(2024, 2, 26)),
    ("mei", 2024): (date(2024, 4, 26), date(2024, 5, 13)),
}

VOORJAAR, ZOMER, NAJAAR, WINTER = range(4)
BEGIN, MEDIO, EIND = range(3)


def laatste_dag(jaar: int, maand: int) -> int:
    """The number of days of a month."""
    if maand == 2 and jaar % 4 == 0 and (jaar % 100 != 0 or jaar % 400 == 0):
        return 29
    return _LENGTES[maand]


def is_maandeind(dag: date) -> bool:
    """Whether it is the last day of its month."""
    return dag.day == laatste_dag(dag.year, dag.month)


def dag_van(jaar: int, maand: int, dag: int) -> tuple[date, date]:
    """A day as interval."""
    uit = date(jaar, maand, dag)
    return uit, uit


def maand_van(jaar: int, maand: int) -> tuple[date, date]:
    """First and last day of a month."""
    return date(jaar, maand, 1), date(jaar, maand, laatste_dag(jaar, maand))


def kwartaal_van(jaar: int, kwartaal: int) -> tuple[date, date]:
    """First and last day of quarter 1 to 4."""
    return date(jaar, kwartaal * 3 - 2, 1), date(jaar, kwartaal * 3, laatste_dag(jaar, kwartaal * 3))


def halfjaar_van(jaar: int, helft: int) -> tuple[date, date]:
    """First and last day of half 1 or 2."""
    return date(jaar, helft * 6 - 5, 1), date(jaar, helft * 6, laatste_dag(jaar, helft * 6))


def jaar_van(jaar: int) -> tuple[date, date]:
    """First and last day of a year."""
    return date(jaar, 1, 1), date(jaar, 12, 31)


def schooljaar_van(jaar: int, maand: int) -> tuple[date, date]:
    """The year that starts on the first of `maand` (August for schools, September for universities)."""
    return date(jaar, maand, 1), date(jaar + 1, maand - 1, 31)


def seizoen_van(jaar: int, seizoen: int) -> tuple[date, date]:
    """First and last day; the winter of a year is the one that starts in it."""
    return date(jaar, 3 * seizoen + 3, 21), date(jaar + (seizoen == WINTER), (3 * seizoen + 5) % 12 + 1, 20)


def week_van(jaar: int, week: int) -> tuple[date, date]:
    """Monday and Sunday of an ISO week."""
    maandag = date.fromisocalendar(jaar, week, 1)
    return maandag, maandag + timedelta(days=6)


def jaardeel_van(jaar: int, deel: int) -> tuple[date, date]:
    """Begin, medio, eind of a year: three, four and three months, with May to August as the middle."""
    if deel == BEGIN:
        return date(jaar, 1, 1), date(jaar, 3, 31)
    if deel == MEDIO:
        return date(jaar, 5, 1), date(jaar, 8, 31)
    return date(jaar, 10, 1), date(jaar, 12, 31)


def maanddeel_van(jaar: int, maand: int, deel: int) -> tuple[date, date]:
    """Begin, medio, eind of a month: ten days, ten days, the rest."""
    return date(jaar, maand, 10 * deel + 1), date(
        jaar, maand, laatste_dag(jaar, maand) if deel == EIND else 10 * deel + 10
    )


def maandhelft_van(jaar: int, maand: int, helft: int) -> tuple[date, date]:
    """First to 15th, or 16th to last."""
    return date(jaar, maand, 15 * helft - 14), date(jaar, maand, 15 if helft == 1 else laatste_dag(jaar, maand))


def zomerreces_van(jaar: int) -> tuple[date, date]:
    """The first Thursday of July is the last day before it; it ends with August."""
    return laatste_dag_voor_reces(jaar) + DAG, date(jaar, 8, 31)


def laatste_dag_voor_reces(jaar: int) -> date:
    """The first Thursday of July."""
    return weekdag_in_maand(jaar, 7, 1, 4)[0]


def reces_van(jaar: int, naam: str) -> tuple[date, date]:
    """Another recess, in the year in which it begins: as published; raises ValueError where no dates are known here."""
    gevonden = RECESSEN.get((naam, jaar))
    if gevonden is None:
        raise ValueError(f"van het {naam}reces in {jaar} zijn geen dagen bekend")
    return gevonden


def maanddag_van(teller: int, dag: int) -> tuple[date, date]:
    """A day of a month (-1: its last); the month as `maandteller`. Raises ValueError for a day that it has not."""
    jaar, maand = divmod(teller, 12)
    return dag_van(jaar, maand + 1, laatste_dag(jaar, maand + 1) if dag == -1 else dag)


def maandweekdag_van(teller: int, rang: int, weekdag: int) -> tuple[date, date]:
    """See `weekdag_in_maand`; the month as `maandteller`."""
    jaar, maand = divmod(teller, 12)
    return weekdag_in_maand(jaar, maand + 1, rang, weekdag)


def maandteller(dag: date) -> int:
    """The months since the beginning of the calendar, so that one can count on from a month."""
    return dag.year * 12 + dag.month - 1


def weekdag_in_maand(jaar: int, maand: int, rang: int, weekdag: int) -> tuple[date, date]:
    """The `rang`-th (-1: the last) Monday (1) ... Sunday (7) of a month."""
    if rang == -1:
        dag = date(jaar, maand, laatste_dag(jaar, maand))
        uit = dag - timedelta(days=(dag.isoweekday() - weekdag) % 7)
    else:
        dag = date(jaar, maand, 1)
        uit = date(jaar, maand, 1 + (weekdag - dag.isoweekday()) % 7 + 7 * (rang - 1))
    return uit, uit


def prinsjesdag(jaar: int) -> tuple[date, date]:
    """The third Tuesday of September."""
    return weekdag_in_maand(jaar, 9, 3, 2)


def pasen(jaar: int, verschil: int = 0) -> tuple[date, date]:
    """Easter Sunday (Gregorian), or `verschil` days later."""
    gulden, eeuw = jaar % 19, jaar // 100
    epacta = (eeuw - eeuw // 4 - (8 * eeuw + 13) // 25 + 19 * gulden + 15) % 30
    epacta -= epacta // 28 * (1 - epacta // 28 * (29 // (epacta + 1)) * ((21 - gulden) // 11))
    weekdag = (jaar + jaar // 4 + epacta + 2 - eeuw + eeuw // 4) % 7
    uit = date(jaar, 3, 28) + timedelta(days=epacta - weekdag + verschil)
    return uit, uit


def koningsdag(jaar: int) -> tuple[date, date]:
    """27 April, or the day before when that is a Sunday."""
    dag = date(jaar, 4, 27)
    return (dag - DAG, dag - DAG) if dag.isoweekday() == 7 else (dag, dag)


def lees_duur(duur: str) -> tuple[int, int]:
    """An ISO 8601 length as months and days; hours are whole days, upwards. Raises ValueError for anything else."""
    gevonden = _DUUR.fullmatch(duur)
    if gevonden is None or not any(gevonden.groups()[1:]):
        raise ValueError(f"geen ISO 8601-duur: {duur!r}")
    teken = -1 if gevonden[1] else 1
    jaren, maanden, weken, dagen, uren = (int(deel or 0) for deel in gevonden.groups()[1:])
    return teken * (12 * jaren + maanden), teken * (7 * weken + dagen + -(-uren // 24))


def tel_maanden(dag: date, maanden: int, *, houd_maandeind: bool = False) -> date:
    """That many months later; a day that the month has not becomes its last, and so does a last day when asked."""
    teller = dag.year * 12 + dag.month - 1 + maanden
    jaar, maand = divmod(teller, 12)
    if not 1 <= jaar <= 9999:
        raise OverflowError("voorbij de kalender")
    laatste = laatste_dag(jaar, maand + 1)
    return date(jaar, maand + 1, laatste if houd_maandeind and is_maandeind(dag) else min(dag.day, laatste))


def reken(gebeurtenis_op: date, duur: str) -> date:
    """The day that lies an ISO 8601 length after the event, or before it when the length starts with a minus.

    Months clip to the end of the month: 31 January and one month is 28 or 29 February. Raises ValueError for what is
    no length and for a day that lies outside the calendar.
    """
    maanden, dagen = lees_duur(duur)
    try:
        return tel_maanden(gebeurtenis_op, maanden) + timedelta(days=dagen)
    except OverflowError:
        raise ValueError(f"{duur} na {gebeurtenis_op.isoformat()} ligt buiten de kalender") from None


def volgende(*, begin: date | None, einde: date | None, herhaling: str, vanaf: date) -> tuple[date | None, date | None]:
    """The first occurrence after this one whose latest day is on or after `vanaf`.

    Steps are counted from this occurrence, so that 31 January returns to the 31st after February; the last day of a
    month stays the last day of one (30 June, half a year later: 31 December). Nothing is left of an interval without
    days, or when the calendar ends. A moment that moves within the year (Prinsjesdag, the recess) keeps its day
    here; who has the words, reads those again from the day after. Raises ValueError for what is no length.
    """
    maanden, dagen = lees_duur(herhaling)
    if maanden < 0 or dagen < 0 or maanden + dagen == 0:
        raise ValueError(f"{herhaling} herhaalt niet")
    sleutel = einde or begin
    if sleutel is None:
        return None, None
    achterstand = (vanaf - sleutel).days
    keer = max(1, achterstand // (maanden * 31 + dagen))
    try:
        while _verzet(sleutel, keer, maanden, dagen) < vanaf:
            keer += 1
        return (
            begin and _verzet(begin, keer, maanden, dagen),
            einde and _verzet(einde, keer, maanden, dagen),
        )
    except OverflowError:
        return None, None


def _verzet(dag: date, keer: int, maanden: int, dagen: int) -> date:
    return tel_maanden(dag, keer * maanden, houd_maandeind=maanden > 0 and dagen == 0) + timedelta(days=keer * dagen)
