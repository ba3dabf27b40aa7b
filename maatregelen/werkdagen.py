"""Days on which the government works: no weekends, no official Dutch holidays."""

import datetime
from functools import lru_cache

import holidays

EEN_DAG = datetime.timedelta(days=1)


@lru_cache(maxsize=64)
def _feestdagen(jaar: int) -> frozenset[datetime.date]:
    """The official holidays of a year: 5 May only in the years in which it is a day off."""
    return frozenset(holidays.country_holidays("NL", years=jaar))


def is_werkdag(dag: datetime.date) -> bool:
    """Whether people work on that day."""
    return dag.weekday() < 5 and dag not in _feestdagen(dag.year)


def volgende_werkdag(dag: datetime.date) -> datetime.date:
    """The first working day after a day."""
    volgende = dag + EEN_DAG
    while not is_werkdag(volgende):
        volgende += EEN_DAG
    return volgende


def werkdag_vanaf(dag: datetime.date) -> datetime.date:
    """The day itself when it is a working day, else the first one after it."""
    return dag if is_werkdag(dag) else volgende_werkdag(dag)


def werkdag_tot(dag: datetime.date) -> datetime.date:
    """The day itself when it is a working day, else the last one before it."""
    while not is_werkdag(dag):
        dag -= EEN_DAG
    return dag


def is_eerste_van_week(dag: datetime.date) -> bool:
    """Whether this is the first working day of its week: the day of the weekly overview."""
    return is_werkdag(dag) and werkdag_vanaf(dag - datetime.timedelta(days=dag.weekday())) == dag


def weekoverzicht_vanaf(dag: datetime.date) -> datetime.date:
    """The first day, from this one on, on which a weekly overview goes out."""
    maandag = dag - datetime.timedelta(days=dag.weekday())
    # A week without a single working day has no overview of its own.
    while (eerste := werkdag_vanaf(maandag)) < dag or not is_eerste_van_week(eerste):
        maandag += datetime.timedelta(days=7)
    return eerste
