"""Guards of tables that are not ours: history and its contexts, so that the database itself refuses what is tampering.

History tables refuse UPDATE and DELETE by the triggers that came with them. What lacks is put on after every migrate:
refusing TRUNCATE, and all three for the contexts (who, from where). For contexts that takes a function of our own in
the place of the one that the library brings: that one writes over a context when something is added to it, and would
then change who did what was recorded before.
"""

from django.apps import apps
from django.db import connection
from django.db.models import Model

CONTEXT = "pghistory_context"
NIET_LEGEN = "logboek_niet_legen"
ALLEEN_TOEVOEGEN = "logboek_alleen_toevoegen"
EIGEN = ("logboek_logregel", "logboek_zegel", "logboek_zegeldeel")

_FUNCTIES = """
CREATE OR REPLACE FUNCTION logboek_weiger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'logboek: % op % kan niet', TG_OP, TG_TABLE_NAME;
END $$;

-- A context is written once. What is added to it later makes another one, with a number that follows from both.
-- The network address is no part of it: it goes to a table that can be erased, and its key stays.
CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS pghistory_context.id%TYPE AS $$
DECLARE
    nummer uuid;
    inhoud jsonb;
    bestaand jsonb;
BEGIN
    BEGIN
        nummer := current_setting('pghistory.context_id');
        inhoud := current_setting('pghistory.context_metadata');
    EXCEPTION WHEN OTHERS THEN
        RETURN NULL;
    END;
    IF nummer IS NULL OR inhoud IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT metadata INTO bestaand FROM pghistory_context WHERE id = nummer;
    IF FOUND AND bestaand - 'herkomst' = inhoud - 'bron' THEN
        RETURN nummer;
    ELSIF FOUND THEN
        nummer := md5(nummer::text || (inhoud - 'bron')::text)::uuid;
        PERFORM 1 FROM pghistory_context WHERE id = nummer;
        IF FOUND THEN
            RETURN nummer;
        END IF;
    END IF;
    IF inhoud ? 'bron' THEN
        inhoud := (inhoud - 'bron') || jsonb_build_object('herkomst', logboek_herkomst(
            inhoud->'bron'->>0, inhoud->'bron'->>1,
            date_trunc('month', clock_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date));
    END IF;
    INSERT INTO pghistory_context (id, metadata, created_at, updated_at) VALUES (nummer, inhoud, now(), now())
        ON CONFLICT (id) DO NOTHING;
    RETURN nummer;
END $$ LANGUAGE plpgsql;
"""


def historietabellen() -> list[type[Model]]:
    """Every history table there is, whichever app it belongs to, in a fixed order."""
    gevonden = [model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")]
    return sorted(gevonden, key=lambda model: model._meta.db_table)


def scherm_af() -> None:
    """Put on every guard that is missing; the same again does nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_FUNCTIES)
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s", [NIET_LEGEN])
        al_beschermd = {tabel for (tabel,) in cursor.fetchall()}
        for tabel in (CONTEXT, *(model._meta.db_table for model in historietabellen())):
            if tabel not in al_beschermd:
                cursor.execute(
                    f"CREATE TRIGGER {NIET_LEGEN} BEFORE TRUNCATE ON {connection.ops.quote_name(tabel)}"
                    " EXECUTE FUNCTION logboek_weiger()"
                )
        cursor.execute("SELECT 1 FROM pg_trigger WHERE tgname = %s", [ALLEEN_TOEVOEGEN])
        if cursor.fetchone() is None:
            cursor.execute(
                f"CREATE TRIGGER {ALLEEN_TOEVOEGEN} BEFORE UPDATE OR DELETE ON {CONTEXT}"
                " FOR EACH ROW EXECUTE FUNCTION logboek_weiger()"
            )


def uitgezet() -> list[str]:
    """The guards that are turned off, or missing, on the log, the seals, the history tables and the contexts."""
    geschiedenis = [model._meta.db_table for model in historietabellen()]
    verwacht = {(tabel, soort) for tabel in (*geschiedenis, CONTEXT, *EIGEN) for soort in ("wijzigen", "legen")}
    with connection.cursor() as cursor:
        cursor.execute(
            # 8: delete, 16: update, 32: truncate, of every trigger that works and refuses before something happens
            "SELECT c.relname, t.tgtype FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE t.tgenabled IN ('O', 'A') AND t.tgtype & 2 = 2 AND NOT t.tgisinternal AND c.relname = ANY(%s)",
            [sorted({tabel for tabel, _ in verwacht})],
        )
        gevonden = cursor.fetchall()
    for tabel, soort in gevonden:
        if soort & 24 == 24:
            verwacht.discard((tabel, "wijzigen"))
        if soort & 32:
            verwacht.discard((tabel, "legen"))
    return sorted(f"{tabel}: {soort}" for tabel, soort in verwacht)
