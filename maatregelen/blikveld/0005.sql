-- Who may see which rows of every table. One text for now and for every past; see vensters.py for the words in braces.
-- This file belongs to migration 0005: a later one brings a file of its own.

-- zicht maatregelen_agenda
{mag t}

-- zicht maatregelen_ondertekenaar
EXISTS (SELECT 1 FROM {zelf}.maatregelen_agenda x WHERE x.id = t.agenda_id)

-- zicht maatregelen_brontekst
EXISTS (SELECT 1 FROM {zelf}.maatregelen_agenda x WHERE x.id = t.agenda_id)

-- zicht maatregelen_pijler
{mag t}

-- zicht maatregelen_pijlerbetrokkenheid
EXISTS (SELECT 1 FROM {zelf}.maatregelen_pijler x WHERE x.id = t.pijler_id)

-- zicht maatregelen_maatregel
-- kolom toelichting: CASE WHEN {verborgen toelichting} THEN '' ELSE t.toelichting END
-- kolom voorwaarde: CASE WHEN {verborgen voorwaarde} THEN '' ELSE t.voorwaarde END
-- kolom voortgang: (CASE WHEN {verborgen voortgang} THEN 'niet_gemeld' ELSE t.voortgang END)::varchar(20)
-- kolom voortgang_op: CASE WHEN {verborgen voortgang} THEN NULL ELSE t.voortgang_op END
-- kolom voortgang_toelichting: CASE WHEN {verborgen voortgang} THEN '' ELSE t.voortgang_toelichting END
-- kolom voortgang_door_id: CASE WHEN {verborgen voortgang} THEN NULL ELSE t.voortgang_door_id END
{mag t}

-- zicht maatregelen_betrokkenheid
EXISTS (SELECT 1 FROM {basis}.maatregelen_maatregel n WHERE n.id = t.maatregel_id AND {mag n})

-- zicht maatregelen_statuswijziging
EXISTS (SELECT 1 FROM {basis}.maatregelen_maatregel n WHERE n.id = t.maatregel_id AND {mag n})

-- zicht maatregelen_themaplaats
EXISTS (SELECT 1 FROM {basis}.maatregelen_maatregel n WHERE n.id = t.maatregel_id AND {mag n})

-- zicht maatregelen_thema
-- There as soon as a measure in it may be seen. Its texts tell the whole story: they are for who may see all of it.
-- kolom ontwikkeling: CASE WHEN EXISTS (SELECT 1 FROM public.maatregelen_themaplaats p WHERE p.thema_id = t.id AND NOT EXISTS (SELECT 1 FROM zicht.maatregelen_maatregel m WHERE m.id = p.maatregel_id)) THEN '' ELSE t.ontwikkeling END
-- kolom toelichting: CASE WHEN EXISTS (SELECT 1 FROM public.maatregelen_themaplaats p WHERE p.thema_id = t.id AND NOT EXISTS (SELECT 1 FROM zicht.maatregelen_maatregel m WHERE m.id = p.maatregel_id)) THEN '' ELSE t.toelichting END
EXISTS (SELECT 1 FROM {zelf}.maatregelen_themaplaats p WHERE p.thema_id = t.id)
    OR NOT EXISTS (SELECT 1 FROM public.maatregelen_themaplaats p WHERE p.thema_id = t.id) AND {niveau} < 3

-- zicht maatregelen_opvolging
EXISTS (SELECT 1 FROM {zelf}.maatregelen_maatregel x WHERE x.id = t.van_id)
    AND EXISTS (SELECT 1 FROM {zelf}.maatregelen_maatregel x WHERE x.id = t.naar_id)

-- zicht maatregelen_mijlpaal
-- kolom na_mijlpaal_id: (SELECT n.id FROM {basis}.maatregelen_mijlpaal n WHERE n.id = t.na_mijlpaal_id AND {mag n})
-- kolom vorige_id: (SELECT n.id FROM {basis}.maatregelen_mijlpaal n WHERE n.id = t.vorige_id AND {mag n})
{mag t}

-- zicht maatregelen_tijdsaanduiding
EXISTS (SELECT 1 FROM {basis}.maatregelen_maatregel n WHERE n.id = t.maatregel_id AND {mag n})

-- zicht maatregelen_termijnwijziging
EXISTS (SELECT 1 FROM {zelf}.maatregelen_mijlpaal x WHERE x.id = t.mijlpaal_id)

-- zicht maatregelen_uitstel
{niveau} < 3 AND EXISTS (SELECT 1 FROM {zelf}.maatregelen_mijlpaal x WHERE x.id = t.mijlpaal_id)

-- zicht maatregelen_wetstraject
EXISTS (SELECT 1 FROM {basis}.maatregelen_maatregel n WHERE n.id = t.maatregel_id AND {mag n})

-- zicht maatregelen_wetsstap
EXISTS (SELECT 1 FROM {zelf}.maatregelen_wetstraject x WHERE x.id = t.wetstraject_id)

-- zicht maatregelen_meting
-- Told in a document: as that document. Else for who takes part.
CASE WHEN t.agenda_id IS NULL THEN {niveau} < 3 ELSE EXISTS (SELECT 1 FROM {zelf}.maatregelen_agenda x WHERE x.id = t.agenda_id) END

-- zicht maatregelen_doelwaarde
{niveau} < 3

-- zicht maatregelen_indicator
{niveau} < 3 OR EXISTS (SELECT 1 FROM {zelf}.maatregelen_meting x WHERE x.indicator_id = t.id)

-- zicht maatregelen_herinnering
{niveau} < 3 AND EXISTS (SELECT 1 FROM {zelf}.maatregelen_maatregel x WHERE x.id = t.maatregel_id)
    AND (t.mijlpaal_id IS NULL OR EXISTS (SELECT 1 FROM {zelf}.maatregelen_mijlpaal x WHERE x.id = t.mijlpaal_id))

-- zicht maatregelen_volger
{niveau} < 3 AND EXISTS (SELECT 1 FROM {zelf}.maatregelen_maatregel x WHERE x.id = t.maatregel_id)

-- zicht maatregelen_volgfilter
{niveau} < 3
    AND (t.agenda_id IS NULL OR EXISTS (SELECT 1 FROM {zelf}.maatregelen_agenda x WHERE x.id = t.agenda_id))
    AND (t.pijler_id IS NULL OR EXISTS (SELECT 1 FROM {zelf}.maatregelen_pijler x WHERE x.id = t.pijler_id))
    AND (t.thema_id IS NULL OR EXISTS (SELECT 1 FROM {zelf}.maatregelen_thema x WHERE x.id = t.thema_id))

-- zicht maatregelen_abonnement
{niveau} < 3 AND (t.agenda_id IS NULL OR EXISTS (SELECT 1 FROM {zelf}.maatregelen_agenda x WHERE x.id = t.agenda_id))

-- zicht maatregelen_reactie
{mag t}

-- zicht maatregelen_publicatiestap
{niveau} < 3 AND (t.agenda_id IS NULL OR EXISTS (SELECT 1 FROM {zelf}.maatregelen_agenda x WHERE x.id = t.agenda_id))
    AND (t.maatregel_id IS NULL OR EXISTS (SELECT 1 FROM {zelf}.maatregelen_maatregel x WHERE x.id = t.maatregel_id))

-- zicht maatregelen_lidmaatschap
{niveau} < 3

-- zicht maatregelen_persoon
-- kolom email: CASE WHEN {niveau} < 3 THEN t.email ELSE '' END
-- kolom functie: (CASE WHEN {niveau} < 3 THEN t.functie ELSE 'een medewerker' END)::varchar(120)
true
