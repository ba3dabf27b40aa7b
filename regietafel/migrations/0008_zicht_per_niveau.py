"""The views of 0006 once more: the rule they hold to names the levels one by one now (maatregelen/blikveld/regel.py)."""

from pathlib import Path

from django.db import migrations

from maatregelen.blikveld import vensters

BLIKVELD = Path(__file__).parent.parent / "blikveld"


class Migration(migrations.Migration):

    dependencies = [
        ('maatregelen', '0007_zicht_per_niveau'),
        ('regietafel', '0007_gevolgen_van_zicht_ineens'),
    ]

    operations = [
        migrations.RunPython(vensters.aanbrengen(BLIKVELD / "0006.sql", per_rij=True), migrations.RunPython.noop),
    ]
