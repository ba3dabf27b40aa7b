-- What changed in what somebody follows: a status, a termijn, a new measure, its content or who is involved.
-- People save more than once while they edit: content is told per quarter of an hour, when that is over (`trede`: which
-- one of its day), so that nothing is told twice and nothing that came later that day is lost.
WITH {selecties}, blik AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset(%(blikken)s::jsonb) AS b(persoon bigint, niveaus int[], eigen bigint[], alles bool)
), volger AS (
    SELECT v.maatregel_id, v.persoon_id, v.sinds FROM maatregelen_volger v
    WHERE v.persoon_id = ANY(%(kijkers)s)
      AND (%(personen)s::bigint[] IS NULL OR v.persoon_id = ANY(%(personen)s))
      AND (%(maatregelen)s::bigint[] IS NULL OR v.maatregel_id = ANY(%(maatregelen)s))
), lezer AS (
    SELECT maatregel_id, persoon_id, sinds, 'u volgt deze maatregel' AS reden, true AS volgt_maatregel,
           NULL::bigint AS volgfilter_id
    FROM volger
    UNION ALL
    SELECT maatregel_id, persoon_id, sinds, 'u volgt "' || naam || '"', false, volgfilter_id
    FROM gevolgd WHERE meld_gewijzigd
), versie AS (
    -- What became of a measure, with what is told of it, and who could see what it was before. An embargo that is over
    -- by now was not over then.
    SELECT e.id AS maatregel_id, e.pgh_created_at AS op, (c.metadata ->> 'user') AS door, oud.zicht, oud.zicht_voor_id,
           CASE WHEN oud.stil_tot IS NOT NULL THEN 'infinity'::timestamptz END AS stil_tot, oud.stil_voor_id,
           (e.titel, e.soort, e.aard, e.geaccordeerd, e.voorwaarde, e.toelichting, e.verwijzingen, e.pijler_id,
            e.bovenliggend_id, e.voortgang, e.voortgang_op, e.voortgang_toelichting)
           IS DISTINCT FROM
           (oud.titel, oud.soort, oud.aard, oud.geaccordeerd, oud.voorwaarde, oud.toelichting, oud.verwijzingen,
            oud.pijler_id, oud.bovenliggend_id, oud.voortgang, oud.voortgang_op, oud.voortgang_toelichting)
           AS andere_inhoud,
           (e.zicht, e.zicht_voor_id, e.stil_tot, e.stil_voor_id)
           IS DISTINCT FROM (oud.zicht, oud.zicht_voor_id, oud.stil_tot, oud.stil_voor_id) AS ander_zicht
    FROM maatregelen_maatregelevent e
        CROSS JOIN LATERAL (
            SELECT o.* FROM maatregelen_maatregelevent o
            WHERE o.pgh_obj_id = e.pgh_obj_id AND o.pgh_id < e.pgh_id ORDER BY o.pgh_id DESC LIMIT 1
        ) oud
        LEFT JOIN pghistory_context c ON c.id = e.pgh_context_id
    WHERE e.pgh_created_at >= %(grens)s AND e.pgh_label = 'update'
      AND (%(maatregelen)s::bigint[] IS NULL OR e.id = ANY(%(maatregelen)s))
), inhoud AS (
    SELECT maatregel_id, NULL::bigint AS mijlpaal_id, op, door FROM versie WHERE andere_inhoud AND op < %(rijp)s
    UNION ALL
    SELECT b.maatregel_id, NULL, b.pgh_created_at, (c.metadata ->> 'user')
    FROM maatregelen_betrokkenheidevent b
        JOIN maatregelen_maatregel m ON m.id = b.maatregel_id
        LEFT JOIN pghistory_context c ON c.id = b.pgh_context_id
    WHERE b.pgh_created_at >= %(grens)s AND b.pgh_created_at < %(rijp)s
      AND b.pgh_created_at > m.aangemaakt_op + interval '1 minute'
      AND (%(maatregelen)s::bigint[] IS NULL OR b.maatregel_id = ANY(%(maatregelen)s))
    UNION ALL
    -- A milestone came, was reached or says something else. What its termijn became is told by itself.
    SELECT e.maatregel_id, e.id, e.pgh_created_at, (c.metadata ->> 'user')
    FROM maatregelen_mijlpaalevent e
        JOIN maatregelen_maatregel m ON m.id = e.maatregel_id
        LEFT JOIN LATERAL (
            SELECT o.* FROM maatregelen_mijlpaalevent o
            WHERE o.pgh_obj_id = e.pgh_obj_id AND o.pgh_id < e.pgh_id ORDER BY o.pgh_id DESC LIMIT 1
        ) oud ON true
        LEFT JOIN pghistory_context c ON c.id = e.pgh_context_id
    WHERE e.pgh_created_at >= %(grens)s AND e.pgh_created_at < %(rijp)s AND e.pgh_label <> 'delete'
      AND e.pgh_created_at > m.aangemaakt_op + interval '1 minute'
      AND (%(maatregelen)s::bigint[] IS NULL OR e.maatregel_id = ANY(%(maatregelen)s))
      AND (oud.pgh_id IS NULL OR (e.omschrijving, e.hardheid, e.behaald_op, e.behaald_bewijs, e.bron, e.toelichting)
          IS DISTINCT FROM
          (oud.omschrijving, oud.hardheid, oud.behaald_op, oud.behaald_bewijs, oud.bron, oud.toelichting))
    UNION ALL
    -- A reaction, from when others can read it: see reacties.zichtbaar_gekomen.
    SELECT r.maatregel_id, NULL, open.op, r.door_id::text
    FROM maatregelen_reactie r CROSS JOIN LATERAL (
        SELECT GREATEST(r.aangemaakt_op, LEAST(
            (SELECT e.embargo_tot FROM maatregelen_reactieevent e
             WHERE e.pgh_obj_id = r.id AND e.embargo_tot IS NOT NULL ORDER BY e.pgh_id DESC LIMIT 1),
            (SELECT e.gewijzigd_op FROM maatregelen_reactieevent e
             WHERE e.pgh_obj_id = r.id AND e.embargo_tot IS NULL ORDER BY e.pgh_id LIMIT 1))) AS op
    ) open
    WHERE r.ingetrokken_op IS NULL AND open.op >= %(grens)s AND open.op < %(rijp)s
      AND (%(maatregelen)s::bigint[] IS NULL OR r.maatregel_id = ANY(%(maatregelen)s))
), erbij AS (
    SELECT m.id AS maatregel_id, NULL::bigint AS organisatie_id, m.aangemaakt_op AS op, gemaakt.door,
           NULL::int AS zicht, NULL::bigint AS zicht_voor_id, NULL::timestamptz AS stil_tot,
           NULL::bigint AS stil_voor_id
    FROM maatregelen_maatregel m
        LEFT JOIN LATERAL (
            SELECT c.metadata ->> 'user' AS door
            FROM maatregelen_maatregelevent e JOIN pghistory_context c ON c.id = e.pgh_context_id
            WHERE e.pgh_obj_id = m.id AND e.pgh_label = 'insert' LIMIT 1
        ) gemaakt ON true
    WHERE m.aangemaakt_op >= %(grens)s
      AND (%(maatregelen)s::bigint[] IS NULL OR m.id = ANY(%(maatregelen)s))
    UNION ALL
    -- An organisation became responsible: the measure is new for who follows that organisation.
    SELECT b.maatregel_id, b.organisatie_id, b.pgh_created_at, (c.metadata ->> 'user'), NULL, NULL, NULL, NULL
    FROM maatregelen_betrokkenheidevent b LEFT JOIN pghistory_context c ON c.id = b.pgh_context_id
    WHERE b.pgh_created_at >= %(grens)s AND b.pgh_label = 'insert' AND b.rol = %(verantwoordelijk)s
      AND (%(maatregelen)s::bigint[] IS NULL OR b.maatregel_id = ANY(%(maatregelen)s))
    UNION ALL
    -- An embargo ended, or more people may see it: new for who could not see what it was.
    SELECT maatregel_id, NULL, op, door, zicht, zicht_voor_id, stil_tot, stil_voor_id FROM versie WHERE ander_zicht
), nieuws AS (
    SELECT l.persoon_id, s.maatregel_id, 'status' AS stap, 0 AS trede, NULL::date AS sleuteldag,
           s.id AS statuswijziging_id, NULL::bigint AS termijnwijziging_id, s.vastgelegd_op AS op, l.reden,
           l.volgt_maatregel, l.volgfilter_id
    FROM maatregelen_statuswijziging s JOIN lezer l ON l.maatregel_id = s.maatregel_id AND l.sinds < s.vastgelegd_op
    WHERE s.van IS NOT NULL AND s.vastgelegd_op >= %(grens)s AND s.door_id IS DISTINCT FROM l.persoon_id
    UNION ALL
    SELECT l.persoon_id, m.maatregel_id, 'termijn', 0, NULL, NULL, w.id, w.vastgelegd_op, l.reden, l.volgt_maatregel,
           l.volgfilter_id
    FROM maatregelen_termijnwijziging w
        JOIN maatregelen_mijlpaal m ON m.id = w.mijlpaal_id
        JOIN lezer l ON l.maatregel_id = m.maatregel_id AND l.sinds < w.vastgelegd_op
    WHERE w.vastgelegd_op >= %(grens)s AND w.door_id IS DISTINCT FROM l.persoon_id
    UNION ALL
    SELECT l.persoon_id, i.maatregel_id, 'gewijzigd',
           -- Counted from midnight in seconds that passed: an hour that the clock has twice is two hours.
           floor(extract(epoch FROM i.op - dag.middernacht) / %(kwartier)s)::int, dag.dag, NULL, NULL, i.op, l.reden,
           l.volgt_maatregel, l.volgfilter_id
    FROM inhoud i JOIN lezer l ON l.maatregel_id = i.maatregel_id AND l.sinds < i.op
        CROSS JOIN LATERAL (
            SELECT (i.op AT TIME ZONE %(zone)s)::date AS dag,
                   date_trunc('day', i.op AT TIME ZONE %(zone)s) AT TIME ZONE %(zone)s AS middernacht
        ) dag
    WHERE i.door IS DISTINCT FROM l.persoon_id::text
      -- Of a milestone that they may not see, they hear nothing: see zichtbaar.sql.
      AND (i.mijlpaal_id IS NULL OR EXISTS (
        SELECT 1 FROM maatregelen_mijlpaal mi JOIN blik b ON b.persoon = l.persoon_id
        WHERE mi.id = i.mijlpaal_id AND (b.alles OR ({ziet_mi}))))
    UNION ALL
    SELECT g.persoon_id, e.maatregel_id, 'nieuw', 0, (e.op AT TIME ZONE %(zone)s)::date, NULL, NULL, e.op,
           'u volgt "' || g.naam || '"', false, g.volgfilter_id
    FROM erbij e JOIN gevolgd g ON g.maatregel_id = e.maatregel_id AND g.sinds < e.op AND g.meld_nieuw
    WHERE e.door IS DISTINCT FROM g.persoon_id::text
      AND (e.organisatie_id IS NULL OR e.organisatie_id = g.organisatie_id)
      AND (e.zicht IS NULL OR NOT EXISTS (
        SELECT 1 FROM blik b WHERE b.persoon = g.persoon_id AND (b.alles OR ({ziet_e}))))
), gekozen AS (
    SELECT persoon_id, maatregel_id, stap, trede, sleuteldag, statuswijziging_id, termijnwijziging_id, max(op) AS op,
           string_agg(DISTINCT reden, '; ') AS reden, bool_or(volgt_maatregel) AS volgt_maatregel,
           count(DISTINCT volgfilter_id) AS filters, max(volgfilter_id) AS volgfilter_id
    FROM nieuws n
    -- On the day it is new, its details are no separate news.
    WHERE NOT (n.stap = 'gewijzigd' AND EXISTS (
        SELECT 1 FROM nieuws x WHERE x.stap = 'nieuw' AND x.persoon_id = n.persoon_id
            AND x.maatregel_id = n.maatregel_id AND x.sleuteldag = n.sleuteldag))
      -- New in more than one way, on more than one day: once, as the last of them.
      AND NOT (n.stap = 'nieuw' AND EXISTS (
        SELECT 1 FROM nieuws x WHERE x.stap = 'nieuw' AND x.persoon_id = n.persoon_id
            AND x.maatregel_id = n.maatregel_id AND x.sleuteldag > n.sleuteldag))
    GROUP BY persoon_id, maatregel_id, stap, trede, sleuteldag, statuswijziging_id, termijnwijziging_id
)
SELECT g.persoon_id, g.maatregel_id, g.stap, NULL::bigint AS mijlpaal_id, g.trede::smallint AS trede, g.sleuteldag,
       g.statuswijziging_id, g.termijnwijziging_id, 'volger' AS hoedanigheid, left(g.reden, 200) AS reden,
       COALESCE(v.gevolgd, 'direct') AS bezorging,
       CASE COALESCE(v.gevolgd, 'direct') WHEN 'week' THEN %(weekdag)s ELSE %(vandaag)s END AS bezorgen_op,
       g.volgt_maatregel,
       CASE WHEN g.filters = 1 AND NOT g.volgt_maatregel THEN g.volgfilter_id END AS volgfilter_id
FROM gekozen g LEFT JOIN maatregelen_berichtvoorkeur v ON v.persoon_id = g.persoon_id
WHERE COALESCE(v.gevolgd, 'direct') = ANY(%(bezorgingen)s)
  -- An overview of the week that goes out later that week says what it would have said on its day.
  AND (v.gevolgd IS DISTINCT FROM 'week' OR g.op < %(weekgrens)s)
