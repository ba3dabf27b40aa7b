-- Of what is due, what each person may see: Blik.ziet for many people and many rows at once. About a milestone, or a
-- change of its termijn, both that milestone and its measure. Each by its key, one by one, whatever PostgreSQL thinks of
-- the sizes of the tables (OFFSET 0 keeps it so): after a bulk load it would walk through all of them for each answer.
SELECT v.* FROM ({vraag}) v
    JOIN jsonb_to_recordset(%(blikken)s::jsonb) AS b(persoon bigint, niveaus int[], eigen bigint[], alles bool)
        ON b.persoon = v.persoon_id
    CROSS JOIN LATERAL (
        SELECT m.zicht, m.zicht_voor_id, m.stil_tot, m.stil_voor_id
        FROM maatregelen_maatregel m WHERE m.id = v.maatregel_id OFFSET 0
    ) ma
    LEFT JOIN LATERAL (
        SELECT t.mijlpaal_id FROM maatregelen_termijnwijziging t WHERE t.id = v.termijnwijziging_id OFFSET 0
    ) tw ON true
    LEFT JOIN LATERAL (
        SELECT m.id, m.zicht, m.zicht_voor_id, m.stil_tot, m.stil_voor_id
        FROM maatregelen_mijlpaal m WHERE m.id = COALESCE(v.mijlpaal_id, tw.mijlpaal_id) OFFSET 0
    ) mi ON true
WHERE b.alles OR (
    {ziet_ma}
    AND (mi.id IS NULL OR ({ziet_mi}))
)
