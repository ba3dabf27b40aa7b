-- How every time-bound table stood on a day. One text, two bases: schema `toen` reads it over the tables (`public`), schema
-- `toen_gezien` over what was known here at a moment (`gezien`). See vensters.py for the words in braces and for how a later
-- migration changes a view: with a file of its own, because this one belongs to migration 0003.
-- Every column is written out, so that a new one asks: how was this on that day?
--
--   {basis}   the rows: public or gezien                  {dag}     the day that is asked for
--   {zelf}    the views of the same schema                {einde}   the first moment after that day
--   {bekend}  whether event row `e` was known             {moment}  the moment until which things were known
--   {met_verwijderd T}   the rows of T, and those that were there on that day and were deleted since
--   vast      columns that never change in a row: a trigger holds that, and what was known is found by them

-- venster maatregelen_organisatie
-- There, or not known when it began. An end that was still to come is not told, nor who came after; and a note tells
-- the whole story, so that it stands only in the present.
SELECT o.id, o.aangemaakt_op, NULL::timestamptz AS gewijzigd_op, NULL::integer AS versie, o.bronwaarden,
    o.slug, o.naam, o.afkorting, o.soort, o.tooi_id, o.geldig_van,
    CASE WHEN o.geldig_tot <= {dag} THEN o.geldig_tot END AS geldig_tot,
    ''::text AS toelichting,
    CASE WHEN o.geldig_tot <= {dag} THEN o.opvolger_id END AS opvolger_id
FROM {basis}.maatregelen_organisatie o
WHERE o.geldig_van IS NULL OR o.geldig_van <= {dag}

-- venster maatregelen_agenda
-- A document is there from the day on which it holds.
SELECT a.id, a.aangemaakt_op, NULL::timestamptz AS gewijzigd_op, NULL::integer AS versie, a.bronwaarden,
    a.slug, a.titel, a.titel_bron, a.soort, a.soort_tekst, a.documentdatum, a.schatting_van, a.schatting_tot,
    a.datum_basis, a.geldt_vanaf, a.kenmerk, a.staat, a.staat_tekst, a.is_lopend, a.toelichting,
    a.bronbestand,
    (SELECT o.id FROM {zelf}.maatregelen_organisatie o WHERE o.id = a.houder_id) AS houder_id
FROM {basis}.maatregelen_agenda a
WHERE a.geldt_vanaf <= {dag}

-- venster maatregelen_ondertekenaar vast agenda_id
SELECT r.id, r.rol, r.naam, r.regel_van, r.agenda_id
FROM {met_verwijderd maatregelen_ondertekenaar} r
WHERE EXISTS (SELECT 1 FROM {zelf}.maatregelen_agenda x WHERE x.id = r.agenda_id)

-- venster maatregelen_brontekst vast agenda_id
SELECT r.id, r.bestandsnaam, r.tekst, r.controlegetal, r.bijgevoegd_op, r.agenda_id, r.bijgevoegd_door_id
FROM {basis}.maatregelen_brontekst r
WHERE EXISTS (SELECT 1 FROM {zelf}.maatregelen_agenda x WHERE x.id = r.agenda_id)

-- venster maatregelen_pijler
SELECT r.id, r.aangemaakt_op, NULL::timestamptz AS gewijzigd_op, NULL::integer AS versie, r.bronwaarden,
    r.nummer, r.volgorde, r.titel, r.kop_letterlijk, r.toelichting, r.regel_van, r.regel_tot, r.agenda_id,
    r.bovenliggend_id
FROM {basis}.maatregelen_pijler r
WHERE EXISTS (SELECT 1 FROM {zelf}.maatregelen_agenda x WHERE x.id = r.agenda_id)

-- venster maatregelen_pijlerbetrokkenheid vast pijler_id
SELECT r.id, r.rol, r.volgorde, r.organisatie_id, r.pijler_id
FROM {met_verwijderd maatregelen_pijlerbetrokkenheid} r
WHERE EXISTS (SELECT 1 FROM {zelf}.maatregelen_pijler x WHERE x.id = r.pijler_id)
    AND EXISTS (SELECT 1 FROM {zelf}.maatregelen_organisatie o WHERE o.id = r.organisatie_id)

-- venster maatregelen_maatregel
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
    m.pijler_id
FROM {basis}.maatregelen_maatregel m
WHERE m.geldt_vanaf <= {dag} AND EXISTS (SELECT 1 FROM {zelf}.maatregelen_pijler p WHERE p.id = m.pijler_id)

-- venster maatregelen_betrokkenheid vast maatregel_id
-- Begun by the day, with its end when that had come. The reason of an end overwrites that of the beginning.
SELECT r.id, r.rol, r.herkomst, r.volgorde, r.vanaf, CASE WHEN r.tot <= {dag} THEN r.tot END AS tot,
    coalesce(CASE WHEN r.tot > {dag} THEN (
        SELECT e.reden FROM public.maatregelen_betrokkenheidevent e
        WHERE e.pgh_obj_id = r.id AND e.tot IS NULL AND {bekend} ORDER BY e.pgh_id DESC LIMIT 1) ELSE r.reden END, '')::varchar(250) AS reden,
    CASE WHEN r.tot > {dag} THEN (
        SELECT e.door_id FROM public.maatregelen_betrokkenheidevent e
        WHERE e.pgh_obj_id = r.id AND e.tot IS NULL AND {bekend} ORDER BY e.pgh_id DESC LIMIT 1) ELSE r.door_id END AS door_id,
    r.maatregel_id, r.organisatie_id
FROM {met_verwijderd maatregelen_betrokkenheid} r
WHERE EXISTS (SELECT 1 FROM {zelf}.maatregelen_maatregel x WHERE x.id = r.maatregel_id)
    AND r.vanaf <= {dag}
    AND EXISTS (SELECT 1 FROM {zelf}.maatregelen_organisatie o WHERE o.id = r.organisatie_id)

-- venster maatregelen_statuswijziging vast maatregel_id
SELECT r.id, r.van, r.naar, r.per, r.toelichting, r.vastgelegd_op, r.door_id, r.maatregel_id
FROM {basis}.maatregelen_statuswijziging r
WHERE EXISTS (SELECT 1 FROM {zelf}.maatregelen_maatregel x WHERE x.id = r.maatregel_id) AND r.per <= {dag}

-- venster maatregelen_themaplaats vast maatregel_id thema_id
SELECT r.id, r.volgorde, r.maatregel_id, r.thema_id
FROM {met_verwijderd maatregelen_themaplaats} r
WHERE EXISTS (SELECT 1 FROM {zelf}.maatregelen_maatregel x WHERE x.id = r.maatregel_id)

-- venster maatregelen_thema
-- There as soon as a measure in it is. Its texts tell the whole story, so they stand only in the present.
SELECT t.id, t.aangemaakt_op, NULL::timestamptz AS gewijzigd_op, NULL::integer AS versie, t.bronwaarden,
    t.slug, t.titel, ''::text AS ontwikkeling, ''::text AS toelichting
FROM {basis}.maatregelen_thema t
WHERE EXISTS (SELECT 1 FROM {zelf}.maatregelen_themaplaats p WHERE p.thema_id = t.id)

-- venster maatregelen_opvolging vast van_id naar_id
-- There as soon as both measures are.
SELECT r.id, r.soort, r.toelichting, r.vastgelegd_op, r.door_id, r.naar_id, r.van_id
FROM {met_verwijderd maatregelen_opvolging} r
WHERE EXISTS (SELECT 1 FROM {zelf}.maatregelen_maatregel v WHERE v.id = r.van_id)
    AND EXISTS (SELECT 1 FROM {zelf}.maatregelen_maatregel n WHERE n.id = r.naar_id)

-- venster maatregelen_mijlpaal vast maatregel_id
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
    (SELECT n.id FROM {basis}.maatregelen_mijlpaal n WHERE n.id = r.vorige_id AND n.peildatum <= {dag}) AS vorige_id
FROM {basis}.maatregelen_mijlpaal r
LEFT JOIN LATERAL (
    SELECT t.* FROM {basis}.maatregelen_termijnwijziging t WHERE t.mijlpaal_id = r.id AND t.vastgelegd_op >= {einde} ORDER BY t.id LIMIT 1
) w ON true
WHERE EXISTS (SELECT 1 FROM {zelf}.maatregelen_maatregel x WHERE x.id = r.maatregel_id) AND r.peildatum <= {dag}

-- venster maatregelen_tijdsaanduiding vast maatregel_id
SELECT r.id, r.termijn_tekst, r.begin, r.einde, r.precisie, r.relatie, r.herhaling, r.duur, r.peildatum,
    r.voor_wie, r.regel_van, r.regel_tot, r.bron_id, r.soort_tekst, r.maatregel_id, r.gebeurtenis
FROM {met_verwijderd maatregelen_tijdsaanduiding} r
WHERE EXISTS (SELECT 1 FROM {zelf}.maatregelen_maatregel x WHERE x.id = r.maatregel_id) AND r.peildatum <= {dag}

-- venster maatregelen_termijnwijziging vast mijlpaal_id
SELECT r.id, r.soort, r.van_tekst, r.van_begin, r.van_einde, r.van_precisie, r.van_relatie, r.naar_tekst,
    r.naar_begin, r.naar_einde, r.naar_precisie, r.naar_relatie, r.reden, r.vastgelegd_op, r.door_id,
    r.mijlpaal_id
FROM {basis}.maatregelen_termijnwijziging r
WHERE EXISTS (SELECT 1 FROM {zelf}.maatregelen_mijlpaal x WHERE x.id = r.mijlpaal_id) AND r.vastgelegd_op < {einde}

-- venster maatregelen_uitstel vast mijlpaal_id
SELECT r.id, r.tot, r.reden, r.vastgelegd_op,
    CASE WHEN r.ingetrokken_op < {einde} THEN r.ingetrokken_op END AS ingetrokken_op,
    r.mijlpaal_id, r.persoon_id
FROM {met_verwijderd maatregelen_uitstel} r
WHERE EXISTS (SELECT 1 FROM {zelf}.maatregelen_mijlpaal x WHERE x.id = r.mijlpaal_id) AND r.vastgelegd_op < {einde}

-- venster maatregelen_wetstraject vast maatregel_id
SELECT r.id, r.aangemaakt_op, NULL::timestamptz AS gewijzigd_op, NULL::integer AS versie, r.bronwaarden,
    r.soort, r.dossier, r.stand_tekst, r.maatregel_id
FROM {basis}.maatregelen_wetstraject r
WHERE EXISTS (SELECT 1 FROM {zelf}.maatregelen_maatregel x WHERE x.id = r.maatregel_id)

-- venster maatregelen_wetsstap vast wetstraject_id
SELECT r.id, r.fase, r.bereikt_op, r.bron, r.door_id, r.wetstraject_id
FROM {basis}.maatregelen_wetsstap r
WHERE EXISTS (SELECT 1 FROM {zelf}.maatregelen_wetstraject x WHERE x.id = r.wetstraject_id) AND r.bereikt_op <= {dag}

-- venster maatregelen_meting
-- Held by the day, and not first told in a document that was still to come: its source would name that.
SELECT r.id, r.aangemaakt_op, NULL::timestamptz AS gewijzigd_op, NULL::integer AS versie, r.bronwaarden,
    r.waarde, r.waarde_tot, r.waarde_tekst, r.vorige, r.kwalificatie, r.periode, r.peildatum, r.bron,
    r.regel_van, r.agenda_id, r.indicator_id
FROM {basis}.maatregelen_meting r
WHERE r.peildatum <= {dag}
    AND (r.agenda_id IS NULL OR EXISTS (SELECT 1 FROM {zelf}.maatregelen_agenda a WHERE a.id = r.agenda_id))

-- venster maatregelen_doelwaarde
SELECT r.id, r.waarde, r.geldig_vanaf, r.periode, r.reden, r.door_id, r.indicator_id
FROM {basis}.maatregelen_doelwaarde r
WHERE r.geldig_vanaf <= {dag}

-- venster maatregelen_indicator
-- There as soon as there is a figure or a target.
SELECT i.id, i.aangemaakt_op, NULL::timestamptz AS gewijzigd_op, NULL::integer AS versie, i.bronwaarden,
    i.slug, i.naam, i.eenheid, i.omschrijving
FROM {basis}.maatregelen_indicator i
WHERE EXISTS (SELECT 1 FROM {zelf}.maatregelen_meting m WHERE m.indicator_id = i.id)
    OR EXISTS (SELECT 1 FROM {zelf}.maatregelen_doelwaarde d WHERE d.indicator_id = i.id)

-- venster maatregelen_herinnering
-- What had been noted down to be told by the day, and what had become of it by then.
SELECT r.id, r.stap, r.sleuteldag, r.reden, r.vandaag,
    (CASE WHEN r.afgehandeld_op < {einde} THEN r.uitkomst ELSE 'open' END)::varchar(20) AS uitkomst,
    r.gepland_op,
    CASE WHEN r.afgehandeld_op < {einde} THEN r.afgehandeld_op END AS afgehandeld_op,
    CASE WHEN r.afgehandeld_op < {einde} THEN r.pogingen ELSE 0 END AS pogingen,
    (CASE WHEN r.afgehandeld_op < {einde} THEN r.laatste_fout ELSE '' END)::varchar(250) AS laatste_fout,
    r.persoon_id, r.maatregel_id, r.mijlpaal_id, r.statuswijziging_id, r.bezorgen_op, r.bezorging,
    r.hoedanigheid,
    (CASE WHEN r.afgehandeld_op < {einde} THEN r.kenmerk ELSE '' END)::varchar(200) AS kenmerk,
    r.trede, r.termijnwijziging_id
FROM {basis}.maatregelen_herinnering r
WHERE EXISTS (SELECT 1 FROM {zelf}.maatregelen_maatregel x WHERE x.id = r.maatregel_id)
    AND r.gepland_op < {einde}
    AND (r.mijlpaal_id IS NULL OR EXISTS (SELECT 1 FROM {zelf}.maatregelen_mijlpaal j WHERE j.id = r.mijlpaal_id))

-- gezien maatregelen_herinnering
-- The ledger has no history: it is one. What became of a row has a moment of its own.
SELECT r.id, r.stap, r.sleuteldag, r.reden, r.vandaag,
    (CASE WHEN r.afgehandeld_op <= {moment} THEN r.uitkomst ELSE 'open' END)::varchar(20) AS uitkomst,
    r.gepland_op,
    CASE WHEN r.afgehandeld_op <= {moment} THEN r.afgehandeld_op END AS afgehandeld_op,
    CASE WHEN r.afgehandeld_op <= {moment} THEN r.pogingen ELSE 0 END AS pogingen,
    (CASE WHEN r.afgehandeld_op <= {moment} THEN r.laatste_fout ELSE '' END)::varchar(250) AS laatste_fout,
    r.persoon_id, r.maatregel_id, r.mijlpaal_id, r.statuswijziging_id, r.bezorgen_op, r.bezorging,
    r.hoedanigheid,
    (CASE WHEN r.afgehandeld_op <= {moment} THEN r.kenmerk ELSE '' END)::varchar(200) AS kenmerk,
    r.trede, r.termijnwijziging_id
FROM public.maatregelen_herinnering r
WHERE r.gepland_op <= {moment}
