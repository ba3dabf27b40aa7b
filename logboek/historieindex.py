"""What makes history quick to read by moment: an index on each history table, put on after every migrate.

The log reads the newest of all history tables at once. Without it each of them is read and sorted whole for every page,
and an export does that for every thousand lines.
"""

from django.db import connection

from logboek.afscherming import historietabellen

# What PostgreSQL keeps of a name.
LANGST = 63


def indexnaam(tabel: str) -> str:
    """The name of the index; raises ValueError for a table whose name leaves no room for it."""
    naam = f"{tabel}_op_tijd"
    if len(naam) > LANGST:
        raise ValueError(f"De naam van de tabel {tabel} is te lang voor een index erop.")
    return naam


def maak_index() -> None:
    """Put on every index that is missing; the same again does nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()")
        bestaand = {naam for (naam,) in cursor.fetchall()}
        for model in historietabellen():
            tabel = model._meta.db_table
            if indexnaam(tabel) not in bestaand:
                cursor.execute(
                    f"CREATE INDEX {connection.ops.quote_name(indexnaam(tabel))}"
                    f" ON {connection.ops.quote_name(tabel)} (pgh_created_at, pgh_id)"
                )
