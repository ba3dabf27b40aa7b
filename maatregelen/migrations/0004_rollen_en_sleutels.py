"""Roles of coördinator and auditor, accounts of programs, keys with a name and a range; who belongs to the Rijk."""

from pathlib import Path
from typing import Any

import django.contrib.postgres.fields
import django.db.models.deletion
import maatregelen.bouwstappen
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from maatregelen.tijdreis import vensters

MAP = Path(vensters.__file__).parent


def zet_rijk(apps: Any, schema_editor: Any) -> None:
    """Ministries and their parts belong to the Rijk, and the services that are part of a ministry."""
    schema_editor.execute(
        "UPDATE maatregelen_organisatie SET is_rijk = true WHERE soort IN ('ministerie', 'onderdeel')"
        " OR slug IN ('ind', 'dtenv', 'kmar', 'nederlandse-arbeidsinspectie', 'minister-bvom')"
    )


class Migration(migrations.Migration):

    dependencies = [
        ('maatregelen', '0003_vensters_op_het_verleden'),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, vensters.aanbrengen(MAP / "0003.sql")),
        maatregelen.bouwstappen.TriggerWeg(
            model_name='organisatie',
            name='insert_insert',
        ),
        maatregelen.bouwstappen.TriggerWeg(
            model_name='organisatie',
            name='update_update',
        ),
        maatregelen.bouwstappen.TriggerWeg(
            model_name='organisatie',
            name='delete_delete',
        ),
        maatregelen.bouwstappen.TriggerWeg(
            model_name='persoon',
            name='insert_insert',
        ),
        maatregelen.bouwstappen.TriggerWeg(
            model_name='persoon',
            name='update_update',
        ),
        maatregelen.bouwstappen.TriggerWeg(
            model_name='persoon',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='lidmaatschap',
            name='lidmaatschap_rol',
        ),
        migrations.RemoveField(
            model_name='persoonevent',
            name='email',
        ),
        migrations.RemoveField(
            model_name='persoonevent',
            name='functie',
        ),
        maatregelen.bouwstappen.Kolommen(
            model_name='organisatie',
            kolommen=[
                ('is_rijk', 'is_rijk', 'boolean NOT NULL DEFAULT false', models.BooleanField(default=False, help_text='Aangevinkt: de mensen van deze organisatie zien ook wat alleen voor het Rijk is. Partners niet.', verbose_name='hoort bij het Rijk')),
            ],
        ),
        maatregelen.bouwstappen.Kolommen(
            model_name='organisatieevent',
            kolommen=[
                ('is_rijk', 'is_rijk', 'boolean NOT NULL DEFAULT false', models.BooleanField(default=False, help_text='Aangevinkt: de mensen van deze organisatie zien ook wat alleen voor het Rijk is. Partners niet.', verbose_name='hoort bij het Rijk')),
            ],
        ),
        maatregelen.bouwstappen.Kolommen(
            model_name='persoon',
            kolommen=[
                ('is_programma', 'is_programma', 'boolean NOT NULL DEFAULT false', models.BooleanField(default=False, editable=False, help_text='Geen mens maar een programma van een organisatie: logt niet in en komt alleen met een sleutel.', verbose_name='programma')),
                ('moet_wachtwoord_wijzigen', 'moet_wachtwoord_wijzigen', 'boolean NOT NULL DEFAULT false', models.BooleanField(default=False, editable=False, help_text='Het wachtwoord kwam van iemand anders: voor al het andere eerst een eigen wachtwoord.', verbose_name='moet een nieuw wachtwoord kiezen')),
            ],
        ),
        maatregelen.bouwstappen.Kolommen(
            model_name='persoonevent',
            kolommen=[
                ('is_programma', 'is_programma', 'boolean NOT NULL DEFAULT false', models.BooleanField(default=False, editable=False, help_text='Geen mens maar een programma van een organisatie: logt niet in en komt alleen met een sleutel.', verbose_name='programma')),
                ('moet_wachtwoord_wijzigen', 'moet_wachtwoord_wijzigen', 'boolean NOT NULL DEFAULT false', models.BooleanField(default=False, editable=False, help_text='Het wachtwoord kwam van iemand anders: voor al het andere eerst een eigen wachtwoord.', verbose_name='moet een nieuw wachtwoord kiezen')),
            ],
        ),
        migrations.AddField(
            model_name='toegangssleutel',
            name='bereik',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, help_text='Welke onderdelen van de API, zoals maatregelen; leeg: alle.', size=None, verbose_name='bereik'),
        ),
        migrations.AddField(
            model_name='toegangssleutel',
            name='gemaakt_door',
            field=models.ForeignKey(editable=False, help_text='Wie de sleutel maakte; bij een programma een ander dan de houder.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='toegangssleutel',
            name='laatst_gebruikt_op',
            field=models.DateTimeField(editable=False, null=True, verbose_name='laatst gebruikt op'),
        ),
        migrations.AddField(
            model_name='toegangssleutel',
            name='naam',
            field=models.CharField(default='zonder naam', help_text='Waarvoor de sleutel is, zoals: rapportage BI.', max_length=80, verbose_name='naam'),
        ),
        migrations.AlterField(
            model_name='lidmaatschap',
            name='rol',
            field=models.CharField(choices=[('lezer', 'lezer'), ('dossierhouder', 'dossierhouder'), ('coordinator', 'coördinator'), ('secretariaat', 'LRT-secretariaat'), ('beheerder', 'beheerder'), ('auditor', 'auditor')], help_text="Lezer: kijkt en volgt. Dossierhouder: houdt de maatregelen van de eigen organisatie bij. Coördinator: verdeelt daar werk en rechten. LRT-secretariaat: houdt agenda's bij en wijst trekkers toe. Beheerder: organisaties en mensen. Auditor: leest alles, ook het logboek, en wijzigt niets.", max_length=20, verbose_name='rol'),
        ),
        migrations.AlterField(
            model_name='lidmaatschapevent',
            name='rol',
            field=models.CharField(choices=[('lezer', 'lezer'), ('dossierhouder', 'dossierhouder'), ('coordinator', 'coördinator'), ('secretariaat', 'LRT-secretariaat'), ('beheerder', 'beheerder'), ('auditor', 'auditor')], help_text="Lezer: kijkt en volgt. Dossierhouder: houdt de maatregelen van de eigen organisatie bij. Coördinator: verdeelt daar werk en rechten. LRT-secretariaat: houdt agenda's bij en wijst trekkers toe. Beheerder: organisaties en mensen. Auditor: leest alles, ook het logboek, en wijzigt niets.", max_length=20, verbose_name='rol'),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='organisatie',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "maatregelen_organisatieevent" ("aangemaakt_op", "afkorting", "bronwaarden", "geldig_tot", "geldig_van", "gewijzigd_op", "id", "is_rijk", "naam", "opvolger_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "soort", "toelichting", "tooi_id", "versie") SELECT new_values."aangemaakt_op", new_values."afkorting", new_values."bronwaarden", new_values."geldig_tot", new_values."geldig_van", new_values."gewijzigd_op", new_values."id", new_values."is_rijk", new_values."naam", new_values."opvolger_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."slug", new_values."soort", new_values."toelichting", new_values."tooi_id", new_values."versie" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='67dd9cc5108a3603d7f40e06cb93b59b128ed34f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f78a3', referencing='REFERENCING NEW TABLE AS new_values ', table='maatregelen_organisatie', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='organisatie',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "maatregelen_organisatieevent" ("aangemaakt_op", "afkorting", "bronwaarden", "geldig_tot", "geldig_van", "gewijzigd_op", "id", "is_rijk", "naam", "opvolger_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "soort", "toelichting", "tooi_id", "versie") SELECT new_values."aangemaakt_op", new_values."afkorting", new_values."bronwaarden", new_values."geldig_tot", new_values."geldig_van", new_values."gewijzigd_op", new_values."id", new_values."is_rijk", new_values."naam", new_values."opvolger_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."slug", new_values."soort", new_values."toelichting", new_values."tooi_id", new_values."versie" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='205e24f198902cfd5e6b807df6579f5bd46b1973', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_d633f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='maatregelen_organisatie', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='organisatie',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "maatregelen_organisatieevent" ("aangemaakt_op", "afkorting", "bronwaarden", "geldig_tot", "geldig_van", "gewijzigd_op", "id", "is_rijk", "naam", "opvolger_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "soort", "toelichting", "tooi_id", "versie") SELECT old_values."aangemaakt_op", old_values."afkorting", old_values."bronwaarden", old_values."geldig_tot", old_values."geldig_van", old_values."gewijzigd_op", old_values."id", old_values."is_rijk", old_values."naam", old_values."opvolger_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."slug", old_values."soort", old_values."toelichting", old_values."tooi_id", old_values."versie" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='565a754db6fde2c4c4e04d580c049b2e3e286f52', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_8da68', referencing='REFERENCING OLD TABLE AS old_values ', table='maatregelen_organisatie', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='persoon',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "maatregelen_persoonevent" ("aangemaakt_op", "id", "is_active", "is_programma", "moet_wachtwoord_wijzigen", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."aangemaakt_op", new_values."id", new_values."is_active", new_values."is_programma", new_values."moet_wachtwoord_wijzigen", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='569f9273f7393dbd146e037453dec81c825937c4', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_5bd1a', referencing='REFERENCING NEW TABLE AS new_values ', table='maatregelen_persoon', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='persoon',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "maatregelen_persoonevent" ("aangemaakt_op", "id", "is_active", "is_programma", "moet_wachtwoord_wijzigen", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."aangemaakt_op", new_values."id", new_values."is_active", new_values."is_programma", new_values."moet_wachtwoord_wijzigen", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."aangemaakt_op" IS DISTINCT FROM (new_values."aangemaakt_op") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_active" IS DISTINCT FROM (new_values."is_active") OR old_values."is_programma" IS DISTINCT FROM (new_values."is_programma") OR old_values."moet_wachtwoord_wijzigen" IS DISTINCT FROM (new_values."moet_wachtwoord_wijzigen")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c7f1a6d27c7395c7f23c5ada40300ee12699dddf', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_1667a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='maatregelen_persoon', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='persoon',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "maatregelen_persoonevent" ("aangemaakt_op", "id", "is_active", "is_programma", "moet_wachtwoord_wijzigen", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."aangemaakt_op", old_values."id", old_values."is_active", old_values."is_programma", old_values."moet_wachtwoord_wijzigen", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='26d57e1ae033f6226c68f6a6c8552def19b6b29e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_036d8', referencing='REFERENCING OLD TABLE AS old_values ', table='maatregelen_persoon', when='AFTER')),
        ),
        maatregelen.bouwstappen.Voorwaarde(
            model_name='lidmaatschap',
            constraint=models.CheckConstraint(condition=models.Q(('rol__in', ['lezer', 'dossierhouder', 'coordinator', 'secretariaat', 'beheerder', 'auditor'])), name='lidmaatschap_rol'),
        ),
        # The way back takes all views away that look at the column that goes; the first step makes them again.
        migrations.RunPython(vensters.aanbrengen(MAP / "0004_organisatie.sql"), vensters.wegnemen(MAP / "0003.sql")),
        migrations.RunPython(zet_rijk, migrations.RunPython.noop),
    ]
