-- Who must do what, and which measures a saved selection covers (MaatregelQuerySet.van_filter, for all at once).
-- Each branch enters by one indexed column, so that the work grows with what is covered, not with selections times
-- measures.
trekker AS MATERIALIZED (
    SELECT DISTINCT b.maatregel_id, b.organisatie_id
    FROM maatregelen_betrokkenheid b JOIN maatregelen_organisatie o ON o.id = b.organisatie_id
    WHERE b.tot IS NULL AND b.rol = %(verantwoordelijk)s AND o.soort <> %(aanduiding)s
), selectie AS MATERIALIZED (
    SELECT f.* FROM maatregelen_volgfilter f
    WHERE f.persoon_id = ANY(%(kijkers)s)
      AND (%(personen)s::bigint[] IS NULL OR f.persoon_id = ANY(%(personen)s))
), ingang AS (
    SELECT f.id, m.id AS maatregel_id FROM selectie f
        JOIN maatregelen_maatregel m ON m.pijler_id = f.pijler_id
    UNION ALL
    SELECT f.id, m.id FROM selectie f
        JOIN maatregelen_pijler p ON p.agenda_id = f.agenda_id
        JOIN maatregelen_maatregel m ON m.pijler_id = p.id
        WHERE f.pijler_id IS NULL
    UNION ALL
    SELECT f.id, k.maatregel_id FROM selectie f JOIN trekker k ON k.organisatie_id = f.organisatie_id
        WHERE f.pijler_id IS NULL AND f.agenda_id IS NULL
    UNION ALL
    SELECT f.id, t.maatregel_id FROM selectie f JOIN maatregelen_themaplaats t ON t.thema_id = f.thema_id
        WHERE f.pijler_id IS NULL AND f.agenda_id IS NULL AND f.organisatie_id IS NULL
    UNION ALL
    SELECT f.id, m.id FROM selectie f JOIN maatregelen_maatregel m ON m.status = f.status
        WHERE f.pijler_id IS NULL AND f.agenda_id IS NULL AND f.organisatie_id IS NULL AND f.thema_id IS NULL
), gevolgd AS MATERIALIZED (
    SELECT f.id AS volgfilter_id, f.persoon_id, f.naam, f.sinds, f.organisatie_id, f.meld_nieuw, f.meld_gewijzigd,
           f.meld_nadert, f.meld_te_laat, m.id AS maatregel_id
    FROM ingang i
        JOIN selectie f ON f.id = i.id
        JOIN maatregelen_maatregel m ON m.id = i.maatregel_id
        JOIN maatregelen_pijler p ON p.id = m.pijler_id
    WHERE (f.agenda_id IS NULL OR p.agenda_id = f.agenda_id)
      AND (f.status = '' OR m.status = f.status)
      AND (f.organisatie_id IS NULL OR EXISTS (
            SELECT 1 FROM trekker k WHERE k.maatregel_id = m.id AND k.organisatie_id = f.organisatie_id))
      AND (f.thema_id IS NULL OR EXISTS (
            SELECT 1 FROM maatregelen_themaplaats t WHERE t.maatregel_id = m.id AND t.thema_id = f.thema_id))
      AND (%(maatregelen)s::bigint[] IS NULL OR m.id = ANY(%(maatregelen)s))
)
