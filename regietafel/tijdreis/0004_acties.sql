-- Of whom an action was: the persons too. See maatregelen/tijdreis/0003.sql for the words in braces. This file
-- belongs to one migration.

-- venster regietafel_actiepunt vast agendapunt_id
-- Agreed at the meeting. Where its hands, day or stand changed later they are what they were before the first of those
-- changes; what was split off later was not there yet.
SELECT r.id, r.aangemaakt_op, NULL::timestamptz AS gewijzigd_op, NULL::integer AS versie, r.bronwaarden,
    CASE WHEN t.id IS NULL THEN r.begin ELSE (t.van_termijn ->> 'begin')::date END AS begin,
    CASE WHEN t.id IS NULL THEN r.einde ELSE (t.van_termijn ->> 'einde')::date END AS einde,
    CASE WHEN t.id IS NULL THEN r.relatie ELSE coalesce((t.van_termijn ->> 'relatie'), '') END::varchar(10) AS relatie,
    CASE WHEN t.id IS NULL THEN r.herhaling ELSE coalesce((t.van_termijn ->> 'herhaling'), '') END::varchar(20) AS herhaling,
    CASE WHEN t.id IS NULL THEN r.duur ELSE coalesce((t.van_termijn ->> 'duur'), '') END::varchar(20) AS duur,
    CASE WHEN t.id IS NULL THEN r.gebeurtenis ELSE coalesce((t.van_termijn ->> 'gebeurtenis'), '') END::varchar(200) AS gebeurtenis,
    CASE WHEN t.id IS NULL THEN r.peildatum ELSE coalesce((t.van_termijn ->> 'peildatum')::date, r.peildatum) END AS peildatum,
    r.voor_wie, r.sleutel, r.volgorde, r.regel_van, r.regel_tot, r.bron_id,
    CASE WHEN t.id IS NULL THEN r.termijn_tekst ELSE coalesce((t.van_termijn ->> 'termijn_tekst'), '') END::varchar(250) AS termijn_tekst,
    CASE WHEN t.id IS NULL THEN r.precisie ELSE coalesce((t.van_termijn ->> 'precisie'), '') END::varchar(10) AS precisie,
    r.code, r.soort, r.wat,
    (CASE WHEN o.id IS NULL THEN r.wie_tekst ELSE o.van_wie_tekst END)::varchar(120) AS wie_tekst,
    r.is_afgesproken AND NOT EXISTS (SELECT 1 FROM {basis}.regietafel_actiewijziging w
        WHERE w.actiepunt_id = r.id AND w.soort = 'afgesproken' AND w.per > {dag}) AS is_afgesproken,
    r.voorwaarde,
    (CASE WHEN s.id IS NULL THEN r.stand ELSE s.van_stand END)::varchar(12) AS stand,
    CASE WHEN s.id IS NULL THEN r.afgerond_op WHEN s.van_stand <> 'open' THEN (
        SELECT max(w.per) FROM {basis}.regietafel_actiewijziging w
        WHERE w.actiepunt_id = r.id AND w.naar_stand = s.van_stand AND w.per <= {dag}) END AS afgerond_op,
    CASE WHEN s.id IS NULL THEN r.afronding WHEN s.van_stand <> 'open' THEN coalesce((
        SELECT w.reden FROM {basis}.regietafel_actiewijziging w
        WHERE w.actiepunt_id = r.id AND w.naar_stand = s.van_stand AND w.per <= {dag}
        ORDER BY w.per DESC, w.id DESC LIMIT 1), '') ELSE '' END AS afronding,
    r.toelichting, r.afgesplitst_van_id,
    (SELECT x.id FROM {zelf}.maatregelen_mijlpaal x WHERE x.id = r.mijlpaal_id) AS mijlpaal_id,
    (SELECT x.id FROM {zelf}.maatregelen_organisatie x WHERE x.id = CASE WHEN o.id IS NULL THEN r.organisatie_id ELSE o.van_organisatie_id END) AS organisatie_id,
    CASE WHEN o.id IS NULL THEN r.persoon_id ELSE o.van_persoon_id END AS persoon_id, r.agendapunt_id,
    (SELECT x.id FROM {zelf}.regietafel_besluit x WHERE x.id = r.besluit_id) AS besluit_id,
    (SELECT x.id FROM {zelf}.regietafel_vergadering x WHERE x.id = r.voor_vergadering_id) AS voor_vergadering_id
FROM {met_verwijderd regietafel_actiepunt} r
LEFT JOIN LATERAL (
    SELECT w.* FROM {basis}.regietafel_actiewijziging w WHERE w.actiepunt_id = r.id AND w.per > {dag} AND w.van_stand <> ''
    ORDER BY w.per, w.id LIMIT 1
) s ON true
LEFT JOIN LATERAL (
    SELECT w.* FROM {basis}.regietafel_actiewijziging w WHERE w.actiepunt_id = r.id AND w.per > {dag} AND w.soort = 'overgedragen'
    ORDER BY w.per, w.id LIMIT 1
) o ON true
LEFT JOIN LATERAL (
    SELECT w.* FROM {basis}.regietafel_actiewijziging w WHERE w.actiepunt_id = r.id AND w.per > {dag} AND w.van_termijn <> '{}'::jsonb
    ORDER BY w.per, w.id LIMIT 1
) t ON true
WHERE EXISTS (SELECT 1 FROM {zelf}.regietafel_agendapunt p JOIN {zelf}.regietafel_vergadering v ON v.id = p.vergadering_id
    WHERE p.id = r.agendapunt_id AND (v.datum <= {dag} OR v.datum IS NULL AND r.aangemaakt_op < {einde}))
    AND (r.afgesplitst_van_id IS NULL OR r.aangemaakt_op < {einde})

-- venster regietafel_actiewijziging vast actiepunt_id
SELECT r.id, r.sleutel, r.soort, r.termijnsoort, r.van_wie_tekst, r.naar_wie_tekst, r.van_termijn,
    r.naar_termijn, r.van_stand, r.naar_stand, r.reden, r.per, r.vastgelegd_op, r.actiepunt_id, r.door_id,
    (SELECT x.id FROM {zelf}.maatregelen_organisatie x WHERE x.id = r.naar_organisatie_id) AS naar_organisatie_id,
    (SELECT x.id FROM {zelf}.maatregelen_organisatie x WHERE x.id = r.van_organisatie_id) AS van_organisatie_id,
    r.naar_persoon_id, r.van_persoon_id
FROM {basis}.regietafel_actiewijziging r
WHERE r.per <= {dag} AND EXISTS (SELECT 1 FROM {zelf}.regietafel_actiepunt a WHERE a.id = r.actiepunt_id)
