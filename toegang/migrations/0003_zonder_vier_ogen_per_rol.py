import maatregelen.bouwstappen
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('toegang', '0002_aanmeldpunten'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='rolbeleid',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='rolbeleid',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='rolbeleid',
            name='delete_delete',
        ),
        migrations.RemoveField(
            model_name='rolbeleid',
            name='vier_ogen',
        ),
        migrations.RemoveField(
            model_name='rolbeleidevent',
            name='vier_ogen',
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='rolbeleid',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "toegang_rolbeleidevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rol", "tweede_factor_verplicht") SELECT new_values."id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."rol", new_values."tweede_factor_verplicht" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='56538cae078d592e404008674e9e6a4040925ed7', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e848b', referencing='REFERENCING NEW TABLE AS new_values ', table='toegang_rolbeleid', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='rolbeleid',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "toegang_rolbeleidevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rol", "tweede_factor_verplicht") SELECT new_values."id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."rol", new_values."tweede_factor_verplicht" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='85a84bbab6161e0291274189068d961e0527c77f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_826dc', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='toegang_rolbeleid', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='rolbeleid',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "toegang_rolbeleidevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rol", "tweede_factor_verplicht") SELECT old_values."id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."rol", old_values."tweede_factor_verplicht" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='430f41f2bf7b16e227599ab40acbad75be314a5b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_4f93d', referencing='REFERENCING OLD TABLE AS old_values ', table='toegang_rolbeleid', when='AFTER')),
        ),
    ]
