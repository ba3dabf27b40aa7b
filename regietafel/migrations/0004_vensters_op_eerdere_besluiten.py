"""Earlier decisions of a point, and of whom an action was, as they stood; see maatregelen/tijdreis/vensters.py."""

from pathlib import Path

from django.db import migrations

from maatregelen.tijdreis import vensters

MAP = Path(__file__).parent.with_name("tijdreis")


class Migration(migrations.Migration):
    dependencies = [("regietafel", "0003_eerdere_besluiten_en_actieberichten")]

    operations = [
        # The way back takes all views of the table away: some look at columns that go. 0003 makes them again.
        migrations.RunPython(vensters.aanbrengen(MAP / "0004_acties.sql"), vensters.wegnemen(MAP / "0002.sql")),
        migrations.RunPython(
            vensters.aanbrengen(MAP / "0004_eerdere_besluiten.sql"),
            vensters.wegnemen(MAP / "0004_eerdere_besluiten.sql"),
        ),
    ]
