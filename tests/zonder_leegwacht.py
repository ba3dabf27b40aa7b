"""Turns off the one guard of the log that a database of tests cannot have: see conftest.py at the root."""

UITZETTEN = """
DO $$ DECLARE rij record; BEGIN
    FOR rij IN SELECT tgrelid::regclass AS tabel, tgname FROM pg_trigger
        WHERE tgname LIKE '%niet_legen%' AND tgenabled <> 'D'
    LOOP EXECUTE format('ALTER TABLE %s DISABLE TRIGGER %I', rij.tabel, rij.tgname); END LOOP;
END $$
"""
