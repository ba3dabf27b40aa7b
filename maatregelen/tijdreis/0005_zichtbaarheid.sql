-- For whom something is, is asked of today: the columns after `nu`. See 0003.sql for the words in braces. This file
-- belongs to one migration.

-- venster maatregelen_agenda nu zichtbaarheid embargo_tot afgeschermd_voor_id zicht zicht_voor_id stil_tot stil_voor_id
-- A document is there from the day on which it holds.
SELECT a.id, a.aangemaakt_op, NULL::timestamptz AS gewijzigd_op, NULL::integer AS versie, a.bronwaarden,
    a.slug, a.titel, a.titel_bron, a.soort, a.soort_tekst, a.documentdatum, a.schatting_van, a.schatting_tot,
    a.datum_basis, a.geldt_vanaf, a.kenmerk, a.staat, a.staat_tekst, a.is_lopend, a.toelichting,
    a.bronbestand,
    (SELECT o.id FROM {zelf}.maatregelen_organisatie o WHERE o.id = a.houder_id) AS houder_id,
    a.afgeschermd_voor_id, a.embargo_tot, a.publicatie, a.stil_tot, a.stil_voor_id, a.zicht, a.zicht_voor_id, a.zichtbaarheid
FROM {basis}.maatregelen_agenda a
WHERE a.geldt_vanaf <= {dag}

-- venster maatregelen_pijler nu zichtbaarheid embargo_tot afgeschermd_voor_id zicht zicht_voor_id stil_tot stil_voor_id
SELECT r.id, r.aangemaakt_op, NULL::timestamptz AS gewijzigd_op, NULL::integer AS versie, r.bronwaarden,
    r.nummer, r.volgorde, r.titel, r.kop_letterlijk, r.toelichting, r.regel_van, r.regel_tot, r.agenda_id,
    r.bovenliggend_id,
    r.afgeschermd_voor_id, r.embargo_tot, r.stil_tot, r.stil_voor_id, r.zicht, r.zicht_voor_id, r.zichtbaarheid
FROM {basis}.maatregelen_pijler r
WHERE EXISTS (SELECT 1 FROM {zelf}.maatregelen_agenda x WHERE x.id = r.agenda_id)

-- venster maatregelen_maatregel nu zichtbaarheid embargo_tot afgeschermd_voor_id zicht zicht_voor_id stil_tot stil_voor_id interne_velden
-- Agreed by the day, with the status of the last change that had taken effect and the last word of the owner by then.
-- A later word overwrites the former one in the measure; the history still has it. What costs something is asked only of
-- rows of which a later word is known.
SELECT m.id, m.aangemaakt_op, NULL::timestamptz AS gewijzigd_op, NULL::integer AS versie, m.bronwaarden,
    m.code, m.volgorde, m.titel, m.soort, m.aard, m.geaccordeerd, m.voorwaarde, m.verwijzingen,
    m.toelichting, m.regel_van, m.regel_tot, m.geldt_vanaf,
    coalesce((SELECT s.naar FROM {basis}.maatregelen_statuswijziging s WHERE s.maatregel_id = m.id AND s.per <= {dag}
        ORDER BY s.per DESC, s.id DESC LIMIT 1), 'aangekondigd')::varchar(20) AS status,
    CASE WHEN m.voortgang_op <= {dag} THEN m.voortgang WHEN m.voortgang_op > {dag} THEN coalesce((
        SELECT e.voortgang FROM public.maatregelen_maatregelevent e
        WHERE e.pgh_obj_id = m.id AND e.voortgang_op <= {dag} AND {bekend}
        ORDER BY e.voortgang_op DESC, e.pgh_id DESC LIMIT 1), 'niet_gemeld') ELSE 'niet_gemeld' END::varchar(20) AS voortgang,
    CASE WHEN m.voortgang_op <= {dag} THEN m.voortgang_op WHEN m.voortgang_op > {dag} THEN coalesce((
        SELECT e.voortgang_op FROM public.maatregelen_maatregelevent e
        WHERE e.pgh_obj_id = m.id AND e.voortgang_op <= {dag} AND {bekend}
        ORDER BY e.voortgang_op DESC, e.pgh_id DESC LIMIT 1), NULL) ELSE NULL END AS voortgang_op,
    CASE WHEN m.voortgang_op <= {dag} THEN m.voortgang_toelichting WHEN m.voortgang_op > {dag} THEN coalesce((
        SELECT e.voortgang_toelichting FROM public.maatregelen_maatregelevent e
        WHERE e.pgh_obj_id = m.id AND e.voortgang_op <= {dag} AND {bekend}
        ORDER BY e.voortgang_op DESC, e.pgh_id DESC LIMIT 1), '') ELSE '' END AS voortgang_toelichting,
    (SELECT b.id FROM {basis}.maatregelen_maatregel b WHERE b.id = m.bovenliggend_id AND b.geldt_vanaf <= {dag}) AS bovenliggend_id,
    CASE WHEN m.voortgang_op <= {dag} THEN m.voortgang_door_id WHEN m.voortgang_op > {dag} THEN coalesce((
        SELECT e.voortgang_door_id FROM public.maatregelen_maatregelevent e
        WHERE e.pgh_obj_id = m.id AND e.voortgang_op <= {dag} AND {bekend}
        ORDER BY e.voortgang_op DESC, e.pgh_id DESC LIMIT 1), NULL) ELSE NULL END AS voortgang_door_id,
    m.pijler_id,
    m.afgeschermd_voor_id, m.embargo_tot, m.interne_velden, m.publicatie, m.stil_tot, m.stil_voor_id, m.zicht, m.zicht_voor_id, m.zichtbaarheid
FROM {basis}.maatregelen_maatregel m
WHERE m.geldt_vanaf <= {dag} AND EXISTS (SELECT 1 FROM {zelf}.maatregelen_pijler p WHERE p.id = m.pijler_id)

-- venster maatregelen_mijlpaal vast maatregel_id nu zichtbaarheid embargo_tot afgeschermd_voor_id zicht zicht_voor_id stil_tot stil_voor_id
-- Its words were written by the day. Where the termijn was changed later it is what it was before the first of those
-- changes; what was reached later was still open.
SELECT r.id, r.aangemaakt_op, NULL::timestamptz AS gewijzigd_op, NULL::integer AS versie, r.bronwaarden,
    CASE WHEN w.id IS NULL THEN r.termijn_tekst ELSE w.van_tekst END AS termijn_tekst,
    CASE WHEN w.id IS NULL THEN r.begin ELSE w.van_begin END AS begin,
    CASE WHEN w.id IS NULL THEN r.einde ELSE w.van_einde END AS einde,
    CASE WHEN w.id IS NULL THEN r.precisie ELSE w.van_precisie END AS precisie,
    CASE WHEN w.id IS NULL THEN r.relatie ELSE w.van_relatie END AS relatie,
    r.herhaling, r.duur, r.peildatum, r.voor_wie, r.regel_van, r.regel_tot, r.bron_id, r.omschrijving,
    r.hardheid, r.cyclus, r.bron, r.toelichting,
    CASE WHEN r.behaald_op <= {dag} THEN r.behaald_op END AS behaald_op,
    CASE WHEN r.behaald_op <= {dag} THEN r.behaald_bewijs ELSE '' END AS behaald_bewijs,
    CASE WHEN r.behaald_op <= {dag} THEN r.behaald_door_id END AS behaald_door_id,
    r.maatregel_id, r.gebeurtenis, r.na_fase,
    (SELECT n.id FROM {basis}.maatregelen_mijlpaal n WHERE n.id = r.na_mijlpaal_id AND n.peildatum <= {dag}) AS na_mijlpaal_id,
    (SELECT n.id FROM {basis}.maatregelen_mijlpaal n WHERE n.id = r.vorige_id AND n.peildatum <= {dag}) AS vorige_id,
    r.afgeschermd_voor_id, r.embargo_tot, r.stil_tot, r.stil_voor_id, r.zicht, r.zicht_voor_id, r.zichtbaarheid
FROM {basis}.maatregelen_mijlpaal r
LEFT JOIN LATERAL (
    SELECT t.* FROM {basis}.maatregelen_termijnwijziging t WHERE t.mijlpaal_id = r.id AND t.vastgelegd_op >= {einde} ORDER BY t.id LIMIT 1
) w ON true
WHERE EXISTS (SELECT 1 FROM {zelf}.maatregelen_maatregel x WHERE x.id = r.maatregel_id) AND r.peildatum <= {dag}
