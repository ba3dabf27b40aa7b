-- The earlier decisions that a point was about. See maatregelen/tijdreis/0003.sql for the words in braces. This file
-- belongs to one migration.

-- venster regietafel_puntbesluit vast agendapunt_id besluit_id
SELECT r.id, r.agendapunt_id, r.besluit_id
FROM {met_verwijderd regietafel_puntbesluit} r
WHERE EXISTS (SELECT 1 FROM {zelf}.regietafel_agendapunt p WHERE p.id = r.agendapunt_id)
    AND EXISTS (SELECT 1 FROM {zelf}.regietafel_besluit b WHERE b.id = r.besluit_id)
