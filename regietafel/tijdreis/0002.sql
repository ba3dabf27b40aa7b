-- How the table stood on a day: meetings, points, what was said, decided and promised. See maatregelen/tijdreis/0003.sql
-- for the words in braces and vensters.py for how a later migration changes a view. This file belongs to one migration.

-- venster regietafel_reeks
-- A series is how the table works: it has no day, and is shown as it is now.
SELECT r.id, r.aangemaakt_op, NULL::timestamptz AS gewijzigd_op, NULL::integer AS versie, r.bronwaarden,
    r.slug, r.naam, r.afkorting, r.duur_minuten, r.plaats
FROM {basis}.regietafel_reeks r

-- venster regietafel_reekspunt vast reeks_id
SELECT r.id, r.volgorde, r.titel, r.doel, r.duur_minuten, r.is_slot, r.reeks_id
FROM {basis}.regietafel_reekspunt r

-- venster regietafel_reekslid vast reeks_id
SELECT r.id, r.ambt, r.aanhef, r.naam, r.is_voorzitter, r.volgorde, r.vanaf,
    CASE WHEN r.tot <= {dag} THEN r.tot END AS tot, r.organisatie_id, r.reeks_id
FROM {basis}.regietafel_reekslid r
WHERE r.vanaf <= {dag} AND EXISTS (SELECT 1 FROM {zelf}.maatregelen_organisatie o WHERE o.id = r.organisatie_id)

-- venster regietafel_vergadering
-- There from the day on which it was first spoken of, with the state of the last step that had been taken. What its papers
-- say of it comes with them.
SELECT r.id, r.aangemaakt_op, NULL::timestamptz AS gewijzigd_op, NULL::integer AS versie, r.bronwaarden,
    r.slug, r.soort, r.titel, r.datum, r.datum_tekst, r.schatting_van, r.schatting_tot, r.begintijd,
    r.duur_minuten, r.plaats,
    CASE WHEN r.documentdatum <= {dag} THEN r.documentdatum END AS documentdatum,
    (CASE WHEN r.documentdatum > {dag} THEN '' ELSE r.kenmerk END)::varchar(60) AS kenmerk,
    r.secretariaat,
    coalesce((SELECT s.naar FROM {basis}.regietafel_staatwijziging s WHERE s.vergadering_id = r.id AND s.per <= {dag}
        ORDER BY s.per DESC, s.id DESC LIMIT 1), 'gepland')::varchar(20) AS staat,
    r.bekend_vanaf,
    CASE WHEN r.datum > {dag} OR r.documentdatum > {dag} THEN '' ELSE r.toelichting END AS toelichting,
    r.reeks_id,
    (SELECT v.id FROM {basis}.regietafel_vergadering v WHERE v.id = r.vastgesteld_in_id AND v.bekend_vanaf <= {dag}
        AND EXISTS (SELECT 1 FROM {basis}.regietafel_staatwijziging s
            WHERE s.vergadering_id = r.id AND s.naar = 'verslag_vastgesteld' AND s.per <= {dag})) AS vastgesteld_in_id
FROM {basis}.regietafel_vergadering r
WHERE r.bekend_vanaf <= {dag}

-- venster regietafel_staatwijziging vast vergadering_id
SELECT r.id, r.van, r.naar, r.per, r.toelichting, r.vastgelegd_op, r.door_id, r.vergadering_id
FROM {basis}.regietafel_staatwijziging r
WHERE r.per <= {dag} AND EXISTS (SELECT 1 FROM {zelf}.regietafel_vergadering v WHERE v.id = r.vergadering_id)

-- venster regietafel_agendapunt
-- On the agenda when it was written down here, or with the paper or the day of the meeting, whichever came first. What was
-- said about it is there from that day.
SELECT r.id, r.aangemaakt_op, NULL::timestamptz AS gewijzigd_op, NULL::integer AS versie, r.bronwaarden,
    r.volgorde, r.titel, r.doel, r.duur_minuten, r.toelichting,
    CASE WHEN EXISTS (SELECT 1 FROM {basis}.regietafel_vergadering v WHERE v.id = r.vergadering_id AND v.datum > {dag}) THEN '' ELSE r.bespreking END AS bespreking,
    r.regel_van,
    (CASE WHEN EXISTS (SELECT 1 FROM {basis}.regietafel_vergadering v WHERE v.id = r.vergadering_id AND v.datum > {dag}) THEN '' ELSE r.doorschuifreden END)::varchar(250) AS doorschuifreden,
    (SELECT p.id FROM {basis}.regietafel_agendapunt p JOIN {basis}.regietafel_vergadering v ON v.id = p.vergadering_id
        WHERE p.id = r.vervolg_op_id AND v.bekend_vanaf <= {dag}
        AND (v.datum <= {dag} OR v.documentdatum <= {dag} OR p.aangemaakt_op < {einde})) AS vervolg_op_id,
    r.vergadering_id
FROM {met_verwijderd regietafel_agendapunt} r
WHERE EXISTS (SELECT 1 FROM {zelf}.regietafel_vergadering v WHERE v.id = r.vergadering_id
    AND (v.datum <= {dag} OR v.documentdatum <= {dag} OR r.aangemaakt_op < {einde}))

-- venster regietafel_inleider vast agendapunt_id
SELECT r.id, r.volgorde, r.agendapunt_id, r.organisatie_id
FROM {met_verwijderd regietafel_inleider} r
WHERE EXISTS (SELECT 1 FROM {zelf}.regietafel_agendapunt p WHERE p.id = r.agendapunt_id)
    AND EXISTS (SELECT 1 FROM {zelf}.maatregelen_organisatie o WHERE o.id = r.organisatie_id)

-- venster regietafel_puntmaatregel vast agendapunt_id maatregel_id
SELECT r.id, r.agendapunt_id, r.maatregel_id
FROM {met_verwijderd regietafel_puntmaatregel} r
WHERE EXISTS (SELECT 1 FROM {zelf}.regietafel_agendapunt p WHERE p.id = r.agendapunt_id)
    AND EXISTS (SELECT 1 FROM {zelf}.maatregelen_maatregel m WHERE m.id = r.maatregel_id)

-- venster regietafel_puntindicator vast agendapunt_id
SELECT r.id, r.agendapunt_id, r.indicator_id
FROM {met_verwijderd regietafel_puntindicator} r
WHERE EXISTS (SELECT 1 FROM {zelf}.regietafel_agendapunt p WHERE p.id = r.agendapunt_id)
    AND EXISTS (SELECT 1 FROM {zelf}.maatregelen_indicator i WHERE i.id = r.indicator_id)

-- venster regietafel_bijlage vast agendapunt_id
SELECT r.id, r.aangemaakt_op, NULL::timestamptz AS gewijzigd_op, NULL::integer AS versie, r.bronwaarden,
    r.naam, r.volgorde, r.bestand, r.bestandsnaam, r.inhoudstype, r.grootte, r.controlegetal,
    r.bijgevoegd_op, r.regel_van, r.agendapunt_id, r.bijgevoegd_door_id
FROM {basis}.regietafel_bijlage r
WHERE EXISTS (SELECT 1 FROM {zelf}.regietafel_agendapunt r2 JOIN {zelf}.regietafel_vergadering v ON v.id = r2.vergadering_id
    WHERE r2.id = r.agendapunt_id AND (v.datum <= {dag} OR v.documentdatum <= {dag} OR r.aangemaakt_op < {einde}))

-- venster regietafel_deelname vast vergadering_id
-- Expected until the day; then who was there.
SELECT r.id, r.aangemaakt_op, NULL::timestamptz AS gewijzigd_op, NULL::integer AS versie, r.bronwaarden,
    r.aanhef, r.naam, r.ambt, r.is_ambt_afgeleid, r.rol,
    (CASE WHEN EXISTS (SELECT 1 FROM {basis}.regietafel_vergadering v WHERE v.id = r.vergadering_id AND v.datum > {dag}) THEN 'verwacht' ELSE r.aanwezigheid END)::varchar(12) AS aanwezigheid,
    (CASE WHEN EXISTS (SELECT 1 FROM {basis}.regietafel_vergadering v WHERE v.id = r.vergadering_id AND v.datum > {dag}) THEN '' ELSE r.vervanging END)::varchar(12) AS vervanging,
    (CASE WHEN EXISTS (SELECT 1 FROM {basis}.regietafel_vergadering v WHERE v.id = r.vergadering_id AND v.datum > {dag}) THEN '' ELSE r.vervanger END)::varchar(120) AS vervanger,
    (CASE WHEN EXISTS (SELECT 1 FROM {basis}.regietafel_vergadering v WHERE v.id = r.vergadering_id AND v.datum > {dag}) THEN '' ELSE r.toelichting END)::varchar(250) AS toelichting,
    r.volgorde, r.regel_van,
    (SELECT x.id FROM {zelf}.maatregelen_organisatie x WHERE x.id = r.organisatie_id) AS organisatie_id,
    r.vergadering_id
FROM {met_verwijderd regietafel_deelname} r
WHERE EXISTS (SELECT 1 FROM {zelf}.regietafel_vergadering v WHERE v.id = r.vergadering_id
    AND (v.datum <= {dag} OR v.documentdatum <= {dag} OR r.aangemaakt_op < {einde}))

-- venster regietafel_inbreng vast agendapunt_id
-- What was said, decided and counted is there from the day of the meeting.
SELECT r.id, r.aangemaakt_op, NULL::timestamptz AS gewijzigd_op, NULL::integer AS versie, r.bronwaarden,
    r.sleutel, r.volgorde, r.regel_van, r.regel_tot, r.bron_id, r.spreker, r.soort, r.tekst, r.is_open,
    r.agendapunt_id,
    (SELECT x.id FROM {zelf}.maatregelen_organisatie x WHERE x.id = r.organisatie_id) AS organisatie_id
FROM {met_verwijderd regietafel_inbreng} r
WHERE EXISTS (SELECT 1 FROM {zelf}.regietafel_agendapunt p JOIN {zelf}.regietafel_vergadering v ON v.id = p.vergadering_id
    WHERE p.id = r.agendapunt_id AND (v.datum <= {dag} OR v.datum IS NULL AND r.aangemaakt_op < {einde}))

-- venster regietafel_besluit vast agendapunt_id
SELECT r.id, r.aangemaakt_op, NULL::timestamptz AS gewijzigd_op, NULL::integer AS versie, r.bronwaarden,
    r.sleutel, r.volgorde, r.regel_van, r.regel_tot, r.bron_id, r.code, r.soort, r.tekst, r.toelichting,
    r.agendapunt_id
FROM {met_verwijderd regietafel_besluit} r
WHERE EXISTS (SELECT 1 FROM {zelf}.regietafel_agendapunt p JOIN {zelf}.regietafel_vergadering v ON v.id = p.vergadering_id
    WHERE p.id = r.agendapunt_id AND (v.datum <= {dag} OR v.datum IS NULL AND r.aangemaakt_op < {einde}))

-- venster regietafel_trend vast agendapunt_id
SELECT r.id, r.aangemaakt_op, NULL::timestamptz AS gewijzigd_op, NULL::integer AS versie, r.bronwaarden,
    r.sleutel, r.volgorde, r.regel_van, r.regel_tot, r.bron_id, r.onderwerp, r.duiding, r.agendapunt_id
FROM {met_verwijderd regietafel_trend} r
WHERE EXISTS (SELECT 1 FROM {zelf}.regietafel_agendapunt p JOIN {zelf}.regietafel_vergadering v ON v.id = p.vergadering_id
    WHERE p.id = r.agendapunt_id AND (v.datum <= {dag} OR v.datum IS NULL AND r.aangemaakt_op < {einde}))

-- venster regietafel_vergadercijfer vast agendapunt_id
SELECT r.id, r.aangemaakt_op, NULL::timestamptz AS gewijzigd_op, NULL::integer AS versie, r.bronwaarden,
    r.sleutel, r.volgorde, r.regel_van, r.regel_tot, r.bron_id, r.naam, r.waarde, r.waarde_tot,
    r.vorige_waarde, r.eenheid, r.kwalificatie, r.periode, r.toelichting, r.agendapunt_id,
    (SELECT x.id FROM {zelf}.maatregelen_meting x WHERE x.id = r.meting_id) AS meting_id
FROM {met_verwijderd regietafel_vergadercijfer} r
WHERE EXISTS (SELECT 1 FROM {zelf}.regietafel_agendapunt p JOIN {zelf}.regietafel_vergadering v ON v.id = p.vergadering_id
    WHERE p.id = r.agendapunt_id AND (v.datum <= {dag} OR v.datum IS NULL AND r.aangemaakt_op < {einde}))

-- venster regietafel_inbrengmaatregel vast inbreng_id maatregel_id
SELECT r.id, r.inbreng_id, r.maatregel_id
FROM {met_verwijderd regietafel_inbrengmaatregel} r
WHERE EXISTS (SELECT 1 FROM {zelf}.regietafel_inbreng x WHERE x.id = r.inbreng_id)
    AND EXISTS (SELECT 1 FROM {zelf}.maatregelen_maatregel m WHERE m.id = r.maatregel_id)

-- venster regietafel_cijfermaatregel vast cijfer_id maatregel_id
SELECT r.id, r.maatregel_id, r.cijfer_id
FROM {met_verwijderd regietafel_cijfermaatregel} r
WHERE EXISTS (SELECT 1 FROM {zelf}.regietafel_vergadercijfer x WHERE x.id = r.cijfer_id)
    AND EXISTS (SELECT 1 FROM {zelf}.maatregelen_maatregel m WHERE m.id = r.maatregel_id)

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
    CASE WHEN o.id IS NULL THEN r.persoon_id END AS persoon_id, r.agendapunt_id,
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

-- venster regietafel_actiemaatregel vast actiepunt_id maatregel_id
SELECT r.id, r.maatregel_id, r.actiepunt_id
FROM {met_verwijderd regietafel_actiemaatregel} r
WHERE EXISTS (SELECT 1 FROM {zelf}.regietafel_actiepunt x WHERE x.id = r.actiepunt_id)
    AND EXISTS (SELECT 1 FROM {zelf}.maatregelen_maatregel m WHERE m.id = r.maatregel_id)

-- venster regietafel_actiewijziging vast actiepunt_id
SELECT r.id, r.sleutel, r.soort, r.termijnsoort, r.van_wie_tekst, r.naar_wie_tekst, r.van_termijn,
    r.naar_termijn, r.van_stand, r.naar_stand, r.reden, r.per, r.vastgelegd_op, r.actiepunt_id, r.door_id,
    (SELECT x.id FROM {zelf}.maatregelen_organisatie x WHERE x.id = r.naar_organisatie_id) AS naar_organisatie_id,
    (SELECT x.id FROM {zelf}.maatregelen_organisatie x WHERE x.id = r.van_organisatie_id) AS van_organisatie_id
FROM {basis}.regietafel_actiewijziging r
WHERE r.per <= {dag} AND EXISTS (SELECT 1 FROM {zelf}.regietafel_actiepunt a WHERE a.id = r.actiepunt_id)

-- venster regietafel_terugkoppeling vast besluit_id
-- Done on its day, closed by the meeting that accepted it, open before.
SELECT r.id, r.aangemaakt_op, NULL::timestamptz AS gewijzigd_op, NULL::integer AS versie, r.bronwaarden,
    (CASE WHEN r.stand = 'niet_nodig' OR EXISTS (SELECT 1 FROM {basis}.regietafel_vergadering v WHERE v.id = r.aanvaard_in_id AND v.datum <= {dag}) THEN r.stand
        WHEN r.uitgevoerd_op <= {dag} THEN 'uitgevoerd' ELSE 'open' END)::varchar(20) AS stand,
    CASE WHEN r.uitgevoerd_op <= {dag} THEN r.uitgevoerd_op END AS uitgevoerd_op,
    CASE WHEN r.uitgevoerd_op <= {dag} OR EXISTS (SELECT 1 FROM {basis}.regietafel_vergadering v WHERE v.id = r.aanvaard_in_id AND v.datum <= {dag}) THEN r.uitkomst ELSE '' END AS uitkomst,
    r.besluit_id,
    CASE WHEN r.uitgevoerd_op <= {dag} OR EXISTS (SELECT 1 FROM {basis}.regietafel_vergadering v WHERE v.id = r.aanvaard_in_id AND v.datum <= {dag}) THEN r.gemeld_door_id END AS gemeld_door_id,
    r.maatregel_id,
    CASE WHEN EXISTS (SELECT 1 FROM {basis}.regietafel_vergadering v WHERE v.id = r.aanvaard_in_id AND v.datum <= {dag}) THEN r.aanvaard_in_id END AS aanvaard_in_id
FROM {met_verwijderd regietafel_terugkoppeling} r
WHERE EXISTS (SELECT 1 FROM {zelf}.regietafel_besluit b WHERE b.id = r.besluit_id)
    AND (r.maatregel_id IS NULL OR EXISTS (SELECT 1 FROM {zelf}.maatregelen_maatregel m WHERE m.id = r.maatregel_id))

-- venster regietafel_addendum vast vergadering_id
SELECT r.id, r.tekst, r.reden, r.op, r.vastgelegd_op, r.door_id,
    (SELECT p.id FROM {zelf}.regietafel_agendapunt p WHERE p.id = r.agendapunt_id) AS agendapunt_id,
    r.vergadering_id
FROM {basis}.regietafel_addendum r
WHERE r.op <= {dag} AND EXISTS (SELECT 1 FROM {zelf}.regietafel_vergadering v WHERE v.id = r.vergadering_id)

-- venster regietafel_voorstelkeuze vast vergadering_id
SELECT r.id, r.aanleiding, r.keuze, r.reden, r.vastgelegd_op,
    (SELECT x.id FROM {zelf}.regietafel_actiepunt x WHERE x.id = r.actiepunt_id) AS actiepunt_id,
    (SELECT x.id FROM {zelf}.regietafel_agendapunt x WHERE x.id = r.agendapunt_id) AS agendapunt_id,
    r.door_id,
    (SELECT x.id FROM {zelf}.maatregelen_mijlpaal x WHERE x.id = r.mijlpaal_id) AS mijlpaal_id,
    (SELECT x.id FROM {zelf}.regietafel_vergadering x WHERE x.id = r.naar_vergadering_id) AS naar_vergadering_id,
    (SELECT x.id FROM {zelf}.regietafel_terugkoppeling x WHERE x.id = r.terugkoppeling_id) AS terugkoppeling_id,
    r.vergadering_id,
    (SELECT x.id FROM {zelf}.regietafel_vergadering x WHERE x.id = r.verslag_van_id) AS verslag_van_id
FROM {met_verwijderd regietafel_voorstelkeuze} r
WHERE r.vastgelegd_op < {einde} AND EXISTS (SELECT 1 FROM {zelf}.regietafel_vergadering v WHERE v.id = r.vergadering_id)

-- venster regietafel_vergaderbericht
-- The ledger of what members are told.
SELECT r.id, r.soort, r.volgnummer,
    (CASE WHEN r.afgehandeld_op < {einde} THEN r.uitkomst ELSE 'open' END)::varchar(16) AS uitkomst,
    (CASE WHEN r.afgehandeld_op < {einde} THEN r.fout ELSE '' END)::varchar(250) AS fout,
    CASE WHEN r.afgehandeld_op < {einde} THEN r.pogingen ELSE 0 END AS pogingen,
    r.gepland_op,
    CASE WHEN r.afgehandeld_op < {einde} THEN r.afgehandeld_op END AS afgehandeld_op,
    r.persoon_id, r.vergadering_id
FROM {basis}.regietafel_vergaderbericht r
WHERE r.gepland_op < {einde} AND EXISTS (SELECT 1 FROM {zelf}.regietafel_vergadering v WHERE v.id = r.vergadering_id)

-- gezien regietafel_vergaderbericht
SELECT r.id, r.soort, r.volgnummer,
    (CASE WHEN r.afgehandeld_op <= {moment} THEN r.uitkomst ELSE 'open' END)::varchar(16) AS uitkomst,
    (CASE WHEN r.afgehandeld_op <= {moment} THEN r.fout ELSE '' END)::varchar(250) AS fout,
    CASE WHEN r.afgehandeld_op <= {moment} THEN r.pogingen ELSE 0 END AS pogingen,
    r.gepland_op,
    CASE WHEN r.afgehandeld_op <= {moment} THEN r.afgehandeld_op END AS afgehandeld_op,
    r.persoon_id, r.vergadering_id
FROM public.regietafel_vergaderbericht r
WHERE r.gepland_op <= {moment}
