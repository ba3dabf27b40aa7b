-- Of what is due, what each person may see: Blik.ziet for many people and many rows at once. About a milestone, or a
-- change of its termijn, both that milestone and its measure.
SELECT v.* FROM ({vraag}) v
    JOIN jsonb_to_recordset(%(blikken)s::jsonb) AS b(persoon bigint, niveau int, eigen bigint[], alles bool)
        ON b.persoon = v.persoon_id
    JOIN maatregelen_maatregel ma ON ma.id = v.maatregel_id
    LEFT JOIN maatregelen_termijnwijziging tw ON tw.id = v.termijnwijziging_id
    LEFT JOIN maatregelen_mijlpaal mi ON mi.id = COALESCE(v.mijlpaal_id, tw.mijlpaal_id)
WHERE b.alles OR (
    {ziet_ma}
    AND (mi.id IS NULL OR ({ziet_mi}))
)
