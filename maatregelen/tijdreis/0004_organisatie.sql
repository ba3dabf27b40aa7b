-- Whether it belongs to the Rijk decides who may see something, and rights are those of today: see 0003.sql for the words in
-- braces. This file belongs to one migration.

-- venster maatregelen_organisatie
-- There, or not known when it began. An end that was still to come is not told, nor who came after; and a note tells
-- the whole story, so that it stands only in the present.
SELECT o.id, o.aangemaakt_op, NULL::timestamptz AS gewijzigd_op, NULL::integer AS versie, o.bronwaarden,
    o.slug, o.naam, o.afkorting, o.soort, o.tooi_id, o.geldig_van,
    CASE WHEN o.geldig_tot <= {dag} THEN o.geldig_tot END AS geldig_tot,
    ''::text AS toelichting,
    CASE WHEN o.geldig_tot <= {dag} THEN o.opvolger_id END AS opvolger_id,
    o.is_rijk
FROM {basis}.maatregelen_organisatie o
WHERE o.geldig_van IS NULL OR o.geldig_van <= {dag}
