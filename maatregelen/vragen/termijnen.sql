-- Which milestone is at which step today, and who is told: see herinnerschema for the steps, ontvangers for the people.
WITH {selecties}, regel AS (
    SELECT * FROM jsonb_to_recordset(%(regels)s::jsonb) AS r(
        hardheid text, fijnheid text, vooraf int[], stil_na_begin int, daarna_elke int, stopt_na int)
), fijnheid AS (
    SELECT * FROM jsonb_to_recordset(%(fijnheden)s::jsonb) AS f(precisie text, fijnheid text)
), ontvanger AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset(%(ontvangers)s::jsonb) AS o(
        organisatie bigint, persoon bigint, rang int, na_dagen int, reden text, nood bool)
), stand AS (
    SELECT m.id AS mijlpaal_id, m.maatregel_id, COALESCE(m.einde, m.begin) AS sleuteldag,
           COALESCE(m.einde < %(vandaag)s, false) AS is_voorbij, %(vandaag)s - m.einde AS dagen_na,
           %(weekdag)s - m.einde AS dagen_na_week, r.daarna_elke, r.stopt_na, vooraf.per_dag, vooraf.per_week
    FROM maatregelen_mijlpaal m
        -- By its key, one by one, whatever PostgreSQL thinks of the sizes of the tables (OFFSET 0 keeps it so).
        CROSS JOIN LATERAL (
            SELECT ma.status, ma.pijler_id FROM maatregelen_maatregel ma WHERE ma.id = m.maatregel_id OFFSET 0
        ) ma
        JOIN fijnheid f ON f.precisie = m.precisie
        JOIN regel r ON r.hardheid = m.hardheid AND r.fijnheid = f.fijnheid
        CROSS JOIN LATERAL (
            SELECT min(dagen) FILTER (WHERE COALESCE(m.einde, m.begin) - dagen < %(grens_dag)s) AS per_dag,
                   min(dagen) FILTER (WHERE COALESCE(m.einde, m.begin) - dagen < %(grens_week)s) AS per_week
            FROM unnest(r.vooraf) AS dagen
        ) vooraf
    WHERE m.behaald_op IS NULL AND NOT ma.status = ANY(%(afgerond)s)
      AND COALESCE(m.einde, m.begin) BETWEEN %(vroegst)s AND %(laatst)s
      AND CASE WHEN m.einde < %(vandaag)s THEN r.stopt_na > 0 AND m.einde + r.stopt_na >= %(sinds_week)s
               ELSE COALESCE(m.einde, m.begin) >= %(vandaag)s
                    -- A long period is left alone at its beginning (herinnerschema.stilte_tot).
                    AND (r.stil_na_begin = 0 OR m.begin IS NULL OR m.einde IS NULL
                         OR m.einde - m.begin < 2 * r.stil_na_begin
                         OR %(vandaag)s >= m.begin + r.stil_na_begin) END
      AND (%(mijlpalen)s::bigint[] IS NULL OR m.id = ANY(%(mijlpalen)s))
      -- A set to look in, not a join (IS TRUE keeps it so): sections are few.
      AND (ma.pijler_id IN (
            SELECT p.id FROM maatregelen_pijler p JOIN maatregelen_agenda a ON a.id = p.agenda_id WHERE a.is_lopend
          )) IS TRUE
), termijn AS MATERIALIZED (
    SELECT * FROM stand WHERE is_voorbij OR per_week IS NOT NULL
), bemand AS MATERIALIZED (
    -- Each termijn with who must do it and who follows it. Matched by sorting and not by a join: after a bulk load
    -- PostgreSQL expects one row, and would then walk through all trekkers again for each termijn.
    SELECT s.*,
           COALESCE(array_agg(s.organisatie_id) FILTER (WHERE s.organisatie_id IS NOT NULL) OVER maatregel,
                    '{{0}}') AS organisaties,
           bool_or(NOT s.organisatie_id = ANY(%(onbemand)s)) FILTER (WHERE s.organisatie_id IS NOT NULL)
               OVER maatregel AS is_bemand,
           array_agg(s.volgfilter_id) FILTER (WHERE s.volgfilter_id IS NOT NULL) OVER maatregel AS volgfilters
    FROM (
        SELECT t.*, NULL::bigint AS organisatie_id, NULL::bigint AS volgfilter_id FROM termijn t
        UNION ALL
        SELECT NULL, k.maatregel_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, k.organisatie_id, NULL
        FROM trekker k
        UNION ALL
        SELECT NULL, g.maatregel_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, g.volgfilter_id
        FROM gevolgd g
    ) s
    WINDOW maatregel AS (PARTITION BY s.maatregel_id)
), kandidaat AS (
    -- What is known of the termijn goes along, so that nothing has to be looked up again.
    SELECT t.mijlpaal_id, o.persoon AS persoon_id, t.maatregel_id, t.sleuteldag, t.is_voorbij, t.dagen_na,
           t.dagen_na_week, t.daarna_elke, t.stopt_na, t.per_dag, t.per_week,
           o.rang, o.na_dagen, o.reden, NULL::bigint AS volgfilter_id
    FROM bemand t
        CROSS JOIN LATERAL unnest(t.organisaties) AS k(organisatie_id)
        JOIN ontvanger o ON o.organisatie = k.organisatie_id
    WHERE t.mijlpaal_id IS NOT NULL
      AND (o.na_dagen = 0 OR (t.is_voorbij AND t.dagen_na >= o.na_dagen)) AND NOT (o.nood AND t.is_bemand)
    UNION ALL
    SELECT t.mijlpaal_id, f.persoon_id, t.maatregel_id, t.sleuteldag, t.is_voorbij, t.dagen_na,
           t.dagen_na_week, t.daarna_elke, t.stopt_na, t.per_dag, t.per_week,
           %(volger)s, NULL, 'u volgt "' || f.naam || '"', f.id
    FROM bemand t
        CROSS JOIN LATERAL unnest(t.volgfilters) AS g(volgfilter_id)
        JOIN selectie f ON f.id = g.volgfilter_id
    WHERE t.mijlpaal_id IS NOT NULL AND CASE WHEN t.is_voorbij THEN f.meld_te_laat ELSE f.meld_nadert END
), gekozen AS (
    SELECT mijlpaal_id, persoon_id, maatregel_id, sleuteldag, is_voorbij, dagen_na, dagen_na_week, daarna_elke,
           stopt_na, per_dag, per_week, min(rang) AS rang, GREATEST(min(na_dagen), 1) AS eerste_dag,
           max(volgfilter_id) AS volgfilter_id,
           count(DISTINCT volgfilter_id) AS filters, string_agg(DISTINCT reden, '; ') AS alle,
           string_agg(DISTINCT reden, '; ') FILTER (WHERE na_dagen = 0) AS eigen,
           (array_agg(reden ORDER BY na_dagen DESC) FILTER (WHERE na_dagen > 0))[1] AS escalatie
    FROM kandidaat
    WHERE (%(personen)s::bigint[] IS NULL OR persoon_id = ANY(%(personen)s))
    -- The milestone decides the columns after the person.
    GROUP BY mijlpaal_id, persoon_id, maatregel_id, sleuteldag, is_voorbij, dagen_na, dagen_na_week, daarna_elke,
             stopt_na, per_dag, per_week
), voorkeur AS (
    SELECT g.mijlpaal_id, g.persoon_id, g.rang, g.eerste_dag, g.volgfilter_id, g.filters, g.alle, g.eigen, g.escalatie,
           g.maatregel_id, g.sleuteldag, g.is_voorbij, g.daarna_elke, g.per_dag, g.per_week, b.bezorging,
           -- A step in a weekend comes after it, the last one too; in an overview of the week all of that week do.
           g.sleuteldag + g.stopt_na >= CASE b.bezorging WHEN 'week' THEN %(sinds_week)s ELSE %(sinds_dag)s END AS is_gaande,
           -- An overview of the week says what holds on its day, also when it goes out later that week.
           LEAST(CASE b.bezorging WHEN 'week' THEN g.dagen_na_week ELSE g.dagen_na END, g.stopt_na) AS dagen_na
    FROM gekozen g
        LEFT JOIN maatregelen_berichtvoorkeur v ON v.persoon_id = g.persoon_id
        CROSS JOIN LATERAL (
            SELECT COALESCE(CASE WHEN g.rang < %(volger)s THEN v.eigen ELSE v.gevolgd END, 'direct') AS bezorging
        ) b
), getrapt AS (
    SELECT v.*,
           CASE WHEN NOT v.is_voorbij THEN CASE v.bezorging WHEN 'week' THEN v.per_week ELSE v.per_dag END
                WHEN NOT v.is_gaande THEN NULL
                -- Each person's own rhythm: who hears of it after fourteen days hears again a week after that.
                WHEN v.dagen_na >= v.eerste_dag THEN
                    CASE v.daarna_elke WHEN 0 THEN v.eerste_dag
                         ELSE (v.dagen_na - v.eerste_dag) / v.daarna_elke * v.daarna_elke + v.eerste_dag END
                -- Over since the day of the overview, and not in it while it should have been.
                WHEN v.bezorging = 'week' AND v.eerste_dag = 1 AND v.per_week IS NOT NULL AND NOT EXISTS (
                    SELECT 1 FROM maatregelen_herinnering h WHERE h.persoon_id = v.persoon_id
                        AND h.maatregel_id = v.maatregel_id AND h.stap = 'aankondiging' AND h.mijlpaal_id = v.mijlpaal_id
                        AND h.trede = CASE WHEN v.rang = %(volger)s THEN %(volgertrede)s ELSE v.per_week END
                        AND h.sleuteldag = v.sleuteldag AND h.uitkomst <> 'niet_meer_nodig' AND h.uitkomst <> 'open')
                THEN 1 END AS trede
    FROM voorkeur v
)
SELECT v.persoon_id, v.maatregel_id, CASE WHEN v.is_voorbij THEN 'voorbij' ELSE 'aankondiging' END AS stap,
       v.mijlpaal_id, CASE WHEN v.rang = %(volger)s THEN %(volgertrede)s ELSE v.trede END::smallint AS trede,
       v.sleuteldag, NULL::bigint AS statuswijziging_id, NULL::bigint AS termijnwijziging_id,
       (%(hoedanigheden)s::text[])[v.rang + 1] AS hoedanigheid, left(COALESCE(v.eigen, v.escalatie, v.alle), 200) AS reden,
       v.bezorging, CASE v.bezorging WHEN 'week' THEN %(weekdag)s ELSE %(vandaag)s END AS bezorgen_op,
       false AS volgt_maatregel, CASE WHEN v.filters = 1 THEN v.volgfilter_id END AS volgfilter_id
FROM getrapt v
WHERE v.bezorging <> 'geen' AND v.trede IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM maatregelen_uitstel u WHERE u.mijlpaal_id = v.mijlpaal_id
      AND u.persoon_id = v.persoon_id AND u.ingetrokken_op IS NULL AND u.tot > %(vandaag)s
      -- Who only hears of it because nothing happens cannot put that off.
      AND v.rang IN (%(dossierhouder)s, %(volger)s))
