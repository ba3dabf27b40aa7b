-- Of what is due, what each person may see: Blik.ziet for many people and many rows at once. About a milestone, or a
-- change of its termijn, both that milestone and its measure.
SELECT v.* FROM ({vraag}) v
    JOIN jsonb_to_recordset(%(blikken)s::jsonb) AS b(persoon bigint, niveau int, eigen bigint[], alles bool)
        ON b.persoon = v.persoon_id
    JOIN maatregelen_maatregel ma ON ma.id = v.maatregel_id
    LEFT JOIN maatregelen_termijnwijziging tw ON tw.id = v.termijnwijziging_id
    LEFT JOIN maatregelen_mijlpaal mi ON mi.id = COALESCE(v.mijlpaal_id, tw.mijlpaal_id)
WHERE b.alles OR (
    (ma.zicht >= b.niveau OR COALESCE(ma.zicht_voor_id, 0) = ANY(b.eigen))
    AND (ma.stil_tot IS NULL OR ma.stil_tot <= %(nu)s OR COALESCE(ma.stil_voor_id, 0) = ANY(b.eigen))
    AND (mi.id IS NULL OR (
        (mi.zicht >= b.niveau OR COALESCE(mi.zicht_voor_id, 0) = ANY(b.eigen))
        AND (mi.stil_tot IS NULL OR mi.stil_tot <= %(nu)s OR COALESCE(mi.stil_voor_id, 0) = ANY(b.eigen))))
)
