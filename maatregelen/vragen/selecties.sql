-- Who must do what, and which measures a saved selection covers (MaatregelQuerySet.van_filter, for all at once).
-- Each branch enters by one indexed column, so that the work grows with what is covered, not with selections times
-- measures.
--
-- What is known of a selection goes along, and small sets are looked in (IN) instead of joined: after a bulk load
-- PostgreSQL expects one row everywhere, and would walk through the same rows again for each of them.
trekker AS MATERIALIZED (
    SELECT DISTINCT b.maatregel_id, b.organisatie_id
    FROM maatregelen_betrokkenheid b
    WHERE b.tot IS NULL AND b.rol = %(verantwoordelijk)s
      AND b.organisatie_id NOT IN (SELECT o.id FROM maatregelen_organisatie o WHERE o.soort = %(aanduiding)s)
), selectie AS MATERIALIZED (
    SELECT f.* FROM maatregelen_volgfilter f
    WHERE f.persoon_id = ANY(%(kijkers)s)
      AND (%(personen)s::bigint[] IS NULL OR f.persoon_id = ANY(%(personen)s))
), ingang AS (
    SELECT f.*, m.id AS maatregel_id, m.pijler_id AS pijler_van, m.status AS stand FROM selectie f
        JOIN maatregelen_maatregel m ON m.pijler_id = f.pijler_id
    UNION ALL
    SELECT f.*, m.id, m.pijler_id, m.status FROM selectie f
        JOIN maatregelen_pijler p ON p.agenda_id = f.agenda_id
        JOIN maatregelen_maatregel m ON m.pijler_id = p.id
        WHERE f.pijler_id IS NULL
    UNION ALL
    SELECT f.*, k.maatregel_id, m.pijler_id, m.status FROM selectie f
        JOIN trekker k ON k.organisatie_id = f.organisatie_id
        CROSS JOIN LATERAL (
            SELECT m.pijler_id, m.status FROM maatregelen_maatregel m WHERE m.id = k.maatregel_id OFFSET 0) m
        WHERE f.pijler_id IS NULL AND f.agenda_id IS NULL
    UNION ALL
    SELECT f.*, t.maatregel_id, m.pijler_id, m.status FROM selectie f
        JOIN maatregelen_themaplaats t ON t.thema_id = f.thema_id
        CROSS JOIN LATERAL (
            SELECT m.pijler_id, m.status FROM maatregelen_maatregel m WHERE m.id = t.maatregel_id OFFSET 0) m
        WHERE f.pijler_id IS NULL AND f.agenda_id IS NULL AND f.organisatie_id IS NULL
    UNION ALL
    SELECT f.*, m.id, m.pijler_id, m.status FROM selectie f JOIN maatregelen_maatregel m ON m.status = f.status
        WHERE f.pijler_id IS NULL AND f.agenda_id IS NULL AND f.organisatie_id IS NULL AND f.thema_id IS NULL
), gevolgd AS MATERIALIZED (
    SELECT i.id AS volgfilter_id, i.persoon_id, i.naam, i.sinds, i.organisatie_id, i.meld_nieuw, i.meld_gewijzigd,
           i.meld_nadert, i.meld_te_laat, i.maatregel_id
    FROM ingang i
    WHERE (i.agenda_id IS NULL
           OR (i.agenda_id, i.pijler_van) IN (SELECT p.agenda_id, p.id FROM maatregelen_pijler p))
      AND (i.status = '' OR i.stand = i.status)
      AND (i.organisatie_id IS NULL
           OR (i.maatregel_id, i.organisatie_id) IN (SELECT k.maatregel_id, k.organisatie_id FROM trekker k))
      AND (i.thema_id IS NULL OR EXISTS (
            SELECT 1 FROM maatregelen_themaplaats t WHERE t.maatregel_id = i.maatregel_id AND t.thema_id = i.thema_id))
      AND (%(maatregelen)s::bigint[] IS NULL OR i.maatregel_id = ANY(%(maatregelen)s))
)
