"""Keys of persons and origins: found or made in the same statement that writes down who did something."""

from django.db import migrations

SLEUTELS = """
CREATE FUNCTION logboek_betrokkene(wie bigint, hoe text, waar text, welke date) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
    gevonden uuid;
BEGIN
    IF wie IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT sleutel INTO gevonden FROM logboek_betrokkene
        WHERE persoon = wie AND maand = welke AND naam = hoe AND adres = waar ORDER BY sleutel LIMIT 1;
    IF gevonden IS NULL THEN
        gevonden := gen_random_uuid();
        INSERT INTO logboek_betrokkene (sleutel, persoon, naam, adres, maand) VALUES (gevonden, wie, hoe, waar, welke);
    END IF;
    RETURN gevonden;
END $$;

CREATE FUNCTION logboek_herkomst(waar text, waarmee text, welke date) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
    gevonden uuid;
BEGIN
    IF waar IS NULL OR waar = '' THEN
        RETURN NULL;
    END IF;
    SELECT sleutel INTO gevonden FROM logboek_herkomst
        WHERE adres = waar AND maand = welke AND programma = waarmee ORDER BY sleutel LIMIT 1;
    IF gevonden IS NULL THEN
        gevonden := gen_random_uuid();
        INSERT INTO logboek_herkomst (sleutel, adres, programma, maand) VALUES (gevonden, waar, waarmee, welke);
    END IF;
    RETURN gevonden;
END $$;
"""
WEG = """
DROP FUNCTION logboek_herkomst(text, text, date);
DROP FUNCTION logboek_betrokkene(bigint, text, text, date);
"""


class Migration(migrations.Migration):

    dependencies = [("logboek", "0001_initial")]

    operations = [migrations.RunSQL(SLEUTELS, WEG)]
