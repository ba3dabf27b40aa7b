-- For whom something is, is asked of today: the columns after `nu`. See maatregelen/tijdreis/0003.sql for the words in
-- braces. This file belongs to one migration.

-- venster regietafel_vergadering nu zichtbaarheid embargo_tot afgeschermd_voor_id zicht zicht_voor_id stil_tot stil_voor_id
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
            WHERE s.vergadering_id = r.id AND s.naar = 'verslag_vastgesteld' AND s.per <= {dag})) AS vastgesteld_in_id,
    r.afgeschermd_voor_id, r.embargo_tot, r.stil_tot, r.stil_voor_id, r.zicht, r.zicht_voor_id, r.zichtbaarheid
FROM {basis}.regietafel_vergadering r
WHERE r.bekend_vanaf <= {dag}

-- venster regietafel_agendapunt nu zichtbaarheid embargo_tot afgeschermd_voor_id zicht zicht_voor_id stil_tot stil_voor_id
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
    r.vergadering_id,
    r.afgeschermd_voor_id, r.embargo_tot, r.stil_tot, r.stil_voor_id, r.zicht, r.zicht_voor_id, r.zichtbaarheid
FROM {met_verwijderd regietafel_agendapunt} r
WHERE EXISTS (SELECT 1 FROM {zelf}.regietafel_vergadering v WHERE v.id = r.vergadering_id
    AND (v.datum <= {dag} OR v.documentdatum <= {dag} OR r.aangemaakt_op < {einde}))

-- venster regietafel_bijlage vast agendapunt_id nu zichtbaarheid embargo_tot afgeschermd_voor_id zicht zicht_voor_id stil_tot stil_voor_id
SELECT r.id, r.aangemaakt_op, NULL::timestamptz AS gewijzigd_op, NULL::integer AS versie, r.bronwaarden,
    r.naam, r.volgorde, r.bestand, r.bestandsnaam, r.inhoudstype, r.grootte, r.controlegetal,
    r.bijgevoegd_op, r.regel_van, r.agendapunt_id, r.bijgevoegd_door_id,
    r.afgeschermd_voor_id, r.embargo_tot, r.stil_tot, r.stil_voor_id, r.zicht, r.zicht_voor_id, r.zichtbaarheid
FROM {basis}.regietafel_bijlage r
WHERE EXISTS (SELECT 1 FROM {zelf}.regietafel_agendapunt r2 JOIN {zelf}.regietafel_vergadering v ON v.id = r2.vergadering_id
    WHERE r2.id = r.agendapunt_id AND (v.datum <= {dag} OR v.documentdatum <= {dag} OR r.aangemaakt_op < {einde}))
