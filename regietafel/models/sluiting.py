"""Minutes that were adopted are closed: the database itself refuses to add, change or delete what stands in them."""

import pgtrigger

_GESLOTEN = (
    "IF EXISTS (SELECT 1 FROM regietafel_vergadering v WHERE v.id = ({pad}) AND v.staat = 'verslag_vastgesteld') "
    "THEN RAISE EXCEPTION 'het verslag is vastgesteld' USING ERRCODE = 'check_violation'; END IF; "
)

# For whom it is does not belong to the minutes: that may change after them.
_ALLEEN_ZICHT = (
    "IF TG_OP = 'UPDATE' THEN IF (to_jsonb(OLD) - {kolommen}) = (to_jsonb(NEW) - {kolommen}) THEN RETURN NEW; "
    "END IF; END IF; "
).format(
    kolommen="ARRAY['zichtbaarheid', 'afgeschermd_voor_id', 'embargo_tot', 'zicht', 'zicht_voor_id', 'stil_tot', "
    "'stil_voor_id', 'versie', 'gewijzigd_op']"
)

# From a row of the minutes to its meeting.
PUNT = "SELECT p.vergadering_id FROM regietafel_agendapunt p WHERE p.id = r.agendapunt_id"
VERGADERING = "r.vergadering_id"


def alleen_open(pad: str, *, afgeschermd: bool = False) -> pgtrigger.Trigger:
    """The guard for a table; `pad` is SQL that gives the id of the meeting of the row `r`. A move counts twice.

    `afgeschermd`: for whom the row is may change all the same: that is no part of the minutes.
    """
    dicht = _GESLOTEN.format(pad=pad)
    return pgtrigger.Trigger(
        name="vastgesteld_is_gesloten",
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        declare=[("r", "RECORD")],
        func=pgtrigger.Func(
            f"{_ALLEEN_ZICHT if afgeschermd else ''}IF TG_OP <> 'INSERT' THEN r := OLD; {dicht}END IF; "
            f"IF TG_OP <> 'DELETE' THEN r := NEW; {dicht}END IF; RETURN r;"
        ),
    )
