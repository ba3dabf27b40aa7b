"""The views through which the past of the table is seen; see maatregelen/tijdreis/vensters.py."""

from pathlib import Path

from django.db import migrations

from maatregelen.tijdreis import vensters

TEKST = Path(__file__).parent.with_name("tijdreis") / "0002.sql"


class Migration(migrations.Migration):
    dependencies = [("regietafel", "0001_initial"), ("maatregelen", "0003_vensters_op_het_verleden")]

    operations = [migrations.RunPython(vensters.aanbrengen(TEKST), vensters.wegnemen(TEKST))]
