-- Who may see which rows of the table; see maatregelen/blikveld/vensters.py for the words in braces. This file belongs to
-- migration 0006: a later one brings a file of its own. What hangs on a point asks that point itself, not the view of it:
-- a point that has something hanging on it is never taken away.

-- zicht regietafel_vergadering
-- kolom vastgesteld_in_id: (SELECT n.id FROM {basis}.regietafel_vergadering n WHERE n.id = t.vastgesteld_in_id AND {mag n})
{mag t}

-- zicht regietafel_reeks
{niveau} < 3 OR EXISTS (SELECT 1 FROM {zelf}.regietafel_vergadering x WHERE x.reeks_id = t.id)

-- zicht regietafel_reekslid
{niveau} < 3

-- zicht regietafel_reekspunt
{niveau} < 3

-- zicht regietafel_staatwijziging
EXISTS (SELECT 1 FROM {zelf}.regietafel_vergadering x WHERE x.id = t.vergadering_id)

-- zicht regietafel_deelname
EXISTS (SELECT 1 FROM {zelf}.regietafel_vergadering x WHERE x.id = t.vergadering_id)

-- zicht regietafel_agendapunt
-- kolom vervolg_op_id: (SELECT n.id FROM {basis}.regietafel_agendapunt n WHERE n.id = t.vervolg_op_id AND {mag n})
-- A row that is gone keeps what held of it then; its meeting must be seen as well.
{mag t} AND EXISTS (SELECT 1 FROM {zelf}.regietafel_vergadering x WHERE x.id = t.vergadering_id)

-- zicht regietafel_bijlage
{mag t} AND EXISTS (SELECT 1 FROM {zelf}.regietafel_agendapunt x WHERE x.id = t.agendapunt_id)

-- zicht regietafel_inleider
EXISTS (SELECT 1 FROM {zelf}.regietafel_agendapunt x WHERE x.id = t.agendapunt_id)

-- zicht regietafel_puntmaatregel
EXISTS (SELECT 1 FROM {zelf}.regietafel_agendapunt x WHERE x.id = t.agendapunt_id)
    AND EXISTS (SELECT 1 FROM {zelf}.maatregelen_maatregel x WHERE x.id = t.maatregel_id)

-- zicht regietafel_puntindicator
EXISTS (SELECT 1 FROM {zelf}.regietafel_agendapunt x WHERE x.id = t.agendapunt_id)
    AND EXISTS (SELECT 1 FROM {zelf}.maatregelen_indicator x WHERE x.id = t.indicator_id)

-- zicht regietafel_inbreng
EXISTS (SELECT 1 FROM {basis}.regietafel_agendapunt n WHERE n.id = t.agendapunt_id AND {mag n})

-- zicht regietafel_inbrengmaatregel
EXISTS (SELECT 1 FROM {zelf}.regietafel_inbreng x WHERE x.id = t.inbreng_id)
    AND EXISTS (SELECT 1 FROM {zelf}.maatregelen_maatregel x WHERE x.id = t.maatregel_id)

-- zicht regietafel_besluit
EXISTS (SELECT 1 FROM {basis}.regietafel_agendapunt n WHERE n.id = t.agendapunt_id AND {mag n})

-- zicht regietafel_puntbesluit
EXISTS (SELECT 1 FROM {zelf}.regietafel_agendapunt x WHERE x.id = t.agendapunt_id)
    AND EXISTS (SELECT 1 FROM {zelf}.regietafel_besluit x WHERE x.id = t.besluit_id)

-- zicht regietafel_terugkoppeling
-- kolom aanvaard_in_id: (SELECT n.id FROM {zelf}.regietafel_vergadering n WHERE n.id = t.aanvaard_in_id)
EXISTS (SELECT 1 FROM {zelf}.regietafel_besluit x WHERE x.id = t.besluit_id)
    AND (t.maatregel_id IS NULL OR EXISTS (SELECT 1 FROM {zelf}.maatregelen_maatregel x WHERE x.id = t.maatregel_id))

-- zicht regietafel_vergadercijfer
-- kolom meting_id: (SELECT n.id FROM {zelf}.maatregelen_meting n WHERE n.id = t.meting_id)
EXISTS (SELECT 1 FROM {basis}.regietafel_agendapunt n WHERE n.id = t.agendapunt_id AND {mag n})

-- zicht regietafel_cijfermaatregel
EXISTS (SELECT 1 FROM {zelf}.regietafel_vergadercijfer x WHERE x.id = t.cijfer_id)
    AND EXISTS (SELECT 1 FROM {zelf}.maatregelen_maatregel x WHERE x.id = t.maatregel_id)

-- zicht regietafel_trend
EXISTS (SELECT 1 FROM {basis}.regietafel_agendapunt n WHERE n.id = t.agendapunt_id AND {mag n})

-- zicht regietafel_addendum
EXISTS (SELECT 1 FROM {zelf}.regietafel_vergadering x WHERE x.id = t.vergadering_id)
    AND (t.agendapunt_id IS NULL OR EXISTS (SELECT 1 FROM {zelf}.regietafel_agendapunt x WHERE x.id = t.agendapunt_id))

-- zicht regietafel_actiepunt
-- kolom mijlpaal_id: (SELECT n.id FROM {basis}.maatregelen_mijlpaal n WHERE n.id = t.mijlpaal_id AND {mag n})
-- kolom besluit_id: (SELECT b.id FROM {basis}.regietafel_besluit b JOIN {basis}.regietafel_agendapunt n ON n.id = b.agendapunt_id WHERE b.id = t.besluit_id AND {mag n})
-- kolom voor_vergadering_id: (SELECT n.id FROM {basis}.regietafel_vergadering n WHERE n.id = t.voor_vergadering_id AND {mag n})
EXISTS (SELECT 1 FROM {basis}.regietafel_agendapunt n WHERE n.id = t.agendapunt_id AND {mag n})

-- zicht regietafel_actiemaatregel
EXISTS (SELECT 1 FROM {zelf}.regietafel_actiepunt x WHERE x.id = t.actiepunt_id)
    AND EXISTS (SELECT 1 FROM {zelf}.maatregelen_maatregel x WHERE x.id = t.maatregel_id)

-- zicht regietafel_actiewijziging
EXISTS (SELECT 1 FROM {zelf}.regietafel_actiepunt x WHERE x.id = t.actiepunt_id)

-- zicht regietafel_voorstelkeuze
-- kolom verslag_van_id: (SELECT n.id FROM {zelf}.regietafel_vergadering n WHERE n.id = t.verslag_van_id)
-- kolom naar_vergadering_id: (SELECT n.id FROM {zelf}.regietafel_vergadering n WHERE n.id = t.naar_vergadering_id)
-- kolom agendapunt_id: (SELECT n.id FROM {zelf}.regietafel_agendapunt n WHERE n.id = t.agendapunt_id)
{niveau} < 3 AND EXISTS (SELECT 1 FROM {zelf}.regietafel_vergadering x WHERE x.id = t.vergadering_id)
    AND (t.actiepunt_id IS NULL OR EXISTS (SELECT 1 FROM {zelf}.regietafel_actiepunt x WHERE x.id = t.actiepunt_id))
    AND (t.terugkoppeling_id IS NULL OR EXISTS (SELECT 1 FROM {zelf}.regietafel_terugkoppeling x WHERE x.id = t.terugkoppeling_id))
    AND (t.mijlpaal_id IS NULL OR EXISTS (SELECT 1 FROM {zelf}.maatregelen_mijlpaal x WHERE x.id = t.mijlpaal_id))

-- zicht regietafel_vergaderbericht
{niveau} < 3 AND EXISTS (SELECT 1 FROM {zelf}.regietafel_vergadering x WHERE x.id = t.vergadering_id)

-- zicht regietafel_actiebericht
{niveau} < 3 AND EXISTS (SELECT 1 FROM {zelf}.regietafel_actiepunt x WHERE x.id = t.actiepunt_id)
