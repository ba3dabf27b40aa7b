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
        JOIN maatregelen_maatregel ma ON ma.id = m.maatregel_id
        JOIN maatregelen_pijler p ON p.id = ma.pijler_id
        JOIN maatregelen_agenda a ON a.id = p.agenda_id
        JOIN fijnheid f ON f.precisie = m.precisie
        JOIN regel r ON r.hardheid = m.hardheid AND r.fijnheid = f.fijnheid
        CROSS JOIN LATERAL (
            SELECT min(dagen) FILTER (WHERE COALESCE(m.einde, m.begin) - dagen < %(grens_dag)s) AS per_dag,
                   min(dagen) FILTER (WHERE COALESCE(m.einde, m.begin) - dagen < %(grens_week)s) AS per_week
            FROM unnest(r.vooraf) AS dagen
        ) vooraf
    WHERE m.behaald_op IS NULL AND a.is_lopend AND NOT ma.status = ANY(%(afgerond)s)
      AND COALESCE(m.einde, m.begin) BETWEEN %(vroegst)s AND %(laatst)s
      AND CASE WHEN m.einde < %(vandaag)s THEN r.stopt_na > 0 AND m.einde + r.stopt_na >= %(sinds_week)s
               ELSE COALESCE(m.einde, m.begin) >= %(vandaag)s
                    -- A long period is left alone at its beginning (herinnerschema.stilte_tot).
                    AND (r.stil_na_begin = 0 OR m.begin IS NULL OR m.einde IS NULL
                         OR m.einde - m.begin < 2 * r.stil_na_begin
                         OR %(vandaag)s >= m.begin + r.stil_na_begin) END
      AND (%(mijlpalen)s::bigint[] IS NULL OR m.id = ANY(%(mijlpalen)s))
), termijn AS MATERIALIZED (
    SELECT * FROM stand WHERE is_voorbij OR per_week IS NOT NULL
), bemand AS (
    SELECT k.maatregel_id, k.organisatie_id,
           bool_or(NOT k.organisatie_id = ANY(%(onbemand)s)) OVER (PARTITION BY k.maatregel_id) AS is_bemand
    FROM trekker k WHERE k.maatregel_id IN (SELECT maatregel_id FROM termijn)
), kandidaat AS (
    SELECT t.mijlpaal_id, o.persoon AS persoon_id, o.rang, o.na_dagen, o.reden, NULL::bigint AS volgfilter_id
    FROM termijn t
        LEFT JOIN bemand b ON b.maatregel_id = t.maatregel_id
        JOIN ontvanger o ON o.organisatie = COALESCE(b.organisatie_id, 0)
    WHERE (o.na_dagen = 0 OR (t.is_voorbij AND t.dagen_na >= o.na_dagen)) AND NOT (o.nood AND b.is_bemand)
    UNION ALL
    SELECT t.mijlpaal_id, g.persoon_id, %(volger)s, NULL, 'u volgt "' || g.naam || '"', g.volgfilter_id
    FROM termijn t JOIN gevolgd g ON g.maatregel_id = t.maatregel_id
    WHERE CASE WHEN t.is_voorbij THEN g.meld_te_laat ELSE g.meld_nadert END
), gekozen AS (
    SELECT mijlpaal_id, persoon_id, min(rang) AS rang, GREATEST(min(na_dagen), 1) AS eerste_dag,
           max(volgfilter_id) AS volgfilter_id,
           count(DISTINCT volgfilter_id) AS filters, string_agg(DISTINCT reden, '; ') AS alle,
           string_agg(DISTINCT reden, '; ') FILTER (WHERE na_dagen = 0) AS eigen,
           (array_agg(reden ORDER BY na_dagen DESC) FILTER (WHERE na_dagen > 0))[1] AS escalatie
    FROM kandidaat
    WHERE (%(personen)s::bigint[] IS NULL OR persoon_id = ANY(%(personen)s))
    GROUP BY mijlpaal_id, persoon_id
), voorkeur AS (
    SELECT g.*, t.maatregel_id, t.sleuteldag, t.is_voorbij, t.daarna_elke, t.per_dag, t.per_week, b.bezorging,
           -- A step in a weekend comes after it, the last one too; in an overview of the week all of that week do.
           t.sleuteldag + t.stopt_na >= CASE b.bezorging WHEN 'week' THEN %(sinds_week)s ELSE %(sinds_dag)s END AS is_gaande,
           -- An overview of the week says what holds on its day, also when it goes out later that week.
           LEAST(CASE b.bezorging WHEN 'week' THEN t.dagen_na_week ELSE t.dagen_na END, t.stopt_na) AS dagen_na
    FROM gekozen g JOIN termijn t ON t.mijlpaal_id = g.mijlpaal_id
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
