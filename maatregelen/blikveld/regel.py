"""The rules of `Blik.ziet` and `Blik.ziet_intern` as SQL, for who asks them of many rows: the views, and the mail."""

from maatregelen.models.afscherming import Zichtniveau


def regel(rij: str, *, niveaus: str, eigen: str, moment: str) -> str:
    """The condition under which a row (its alias) may be seen.

    `niveaus`, `eigen` and `moment` are expressions: the levels at which who looks sees things (int[]), their
    organisations (bigint[], 0 for what belongs to none), and when (timestamptz). The levels one by one, not from one
    on: of a comparison with what it knows only later the planner expects that a third of the rows pass, and of four of
    them joined that hardly any do. Then it chooses plans for a handful of rows where there are thousands.
    """
    return (
        f"({rij}.zicht = ANY ({niveaus}) OR coalesce({rij}.zicht_voor_id, 0) = ANY ({eigen}))"
        f" AND ({rij}.stil_tot IS NULL OR {rij}.stil_tot <= {moment}"
        f" OR coalesce({rij}.stil_voor_id, 0) = ANY ({eigen}))"
    )


def verborgen(veld: str, *, rij: str, interne: str, niveau: str, eigen: str) -> str:
    """The condition under which the value of a field is kept from who looks: it is one of `interne` (an expression,
    names of fields), and who looks is not of the Rijk nor of the organisation that keeps the row to itself.
    """
    return (
        f"'{veld}' = ANY (({interne})::varchar[]) AND {niveau} > {Zichtniveau.RIJK:d}"
        f" AND NOT (coalesce({rij}.zicht_voor_id, 0) = ANY ({eigen}))"
    )
