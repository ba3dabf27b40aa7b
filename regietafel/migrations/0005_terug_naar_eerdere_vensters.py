"""Nothing forward. On the way back the views of the table return after those of the measures have changed back.

They look at the views of the measures, which can only change back while nothing looks at them: 0006 takes them away.
"""

from pathlib import Path

from django.db import migrations

from maatregelen.tijdreis import vensters

MAP = Path(__file__).parent.with_name("tijdreis")


class Migration(migrations.Migration):
    dependencies = [("regietafel", "0004_vensters_op_eerdere_besluiten")]
    run_before = [("maatregelen", "0004_rollen_en_sleutels")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, vensters.aanbrengen(MAP / naam))
        for naam in ("0004_eerdere_besluiten.sql", "0004_acties.sql", "0002.sql")
    ]
