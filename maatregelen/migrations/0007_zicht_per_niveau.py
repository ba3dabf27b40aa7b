"""The views of 0005 once more: the rule they hold to names the levels one by one now (maatregelen/blikveld/regel.py)."""

from pathlib import Path

from django.db import migrations

from maatregelen import blikveld
from maatregelen.blikveld import vensters


class Migration(migrations.Migration):

    dependencies = [
        ('maatregelen', '0006_gevolgen_van_zicht_ineens'),
    ]

    operations = [
        migrations.RunPython(
            vensters.aanbrengen(Path(blikveld.__file__).parent / "0005.sql"), migrations.RunPython.noop
        ),
    ]
