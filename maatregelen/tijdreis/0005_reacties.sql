-- Reactions, and steps of publishing. See 0003.sql for the words in braces. This file belongs to one migration.

-- venster maatregelen_reactie vast maatregel_id nu zichtbaarheid embargo_tot afgeschermd_voor_id zicht zicht_voor_id stil_tot stil_voor_id
-- Said by the day, and taken back by then or not yet.
SELECT r.id, r.aangemaakt_op, NULL::timestamptz AS gewijzigd_op, NULL::integer AS versie, r.bronwaarden,
    r.zichtbaarheid, r.embargo_tot, r.zicht, r.stil_tot, r.soort, r.tekst,
    CASE WHEN r.ingetrokken_op < {einde} THEN r.ingetrokken_op END AS ingetrokken_op,
    (CASE WHEN r.ingetrokken_op < {einde} THEN r.intrekreden ELSE '' END)::varchar(250) AS intrekreden,
    r.afgeschermd_voor_id, r.door_id, r.maatregel_id, r.organisatie_id, r.stil_voor_id, r.zicht_voor_id
FROM {basis}.maatregelen_reactie r
WHERE r.aangemaakt_op < {einde} AND EXISTS (SELECT 1 FROM {zelf}.maatregelen_maatregel x WHERE x.id = r.maatregel_id)

-- venster maatregelen_publicatiestap
SELECT r.id, r.van, r.naar, r.toelichting, r.vastgelegd_op, r.agenda_id, r.door_id, r.maatregel_id
FROM {basis}.maatregelen_publicatiestap r
WHERE r.vastgelegd_op < {einde}
