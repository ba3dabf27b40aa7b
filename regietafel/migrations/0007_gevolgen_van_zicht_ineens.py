import maatregelen.bouwstappen
import pgtrigger.compiler
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('regietafel', '0006_zichtbaarheid'),
    ]

    operations = [
        maatregelen.bouwstappen.TriggerWeg(
            model_name='agendapunt',
            name='zicht_deelt',
        ),
        maatregelen.bouwstappen.TriggerWeg(
            model_name='vergadering',
            name='zicht_deelt',
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='agendapunt',
            trigger=pgtrigger.compiler.Trigger(name='zicht_deelt', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE anders BIGINT[];', func='SELECT array_agg(n.id) INTO anders FROM nieuw n JOIN oud o ON o.id = n.id WHERE o.zicht IS DISTINCT FROM n.zicht OR o.zicht_voor_id IS DISTINCT FROM n.zicht_voor_id OR o.stil_tot IS DISTINCT FROM n.stil_tot OR o.stil_voor_id IS DISTINCT FROM n.stil_voor_id; IF anders IS NOT NULL THEN IF EXISTS (SELECT 1 FROM regietafel_bijlage WHERE agendapunt_id = ANY (anders)) THEN UPDATE regietafel_bijlage SET zicht = zicht WHERE agendapunt_id = ANY (anders); END IF; END IF; RETURN NULL;', hash='34fa5a63285e36e5e0ef01143699a825c9658d0a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_zicht_deelt_5d138', referencing='REFERENCING OLD TABLE AS oud  NEW TABLE AS nieuw ', table='regietafel_agendapunt', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='vergadering',
            trigger=pgtrigger.compiler.Trigger(name='zicht_deelt', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE anders BIGINT[];', func='SELECT array_agg(n.id) INTO anders FROM nieuw n JOIN oud o ON o.id = n.id WHERE o.zicht IS DISTINCT FROM n.zicht OR o.zicht_voor_id IS DISTINCT FROM n.zicht_voor_id OR o.stil_tot IS DISTINCT FROM n.stil_tot OR o.stil_voor_id IS DISTINCT FROM n.stil_voor_id; IF anders IS NOT NULL THEN IF EXISTS (SELECT 1 FROM regietafel_agendapunt WHERE vergadering_id = ANY (anders)) THEN UPDATE regietafel_agendapunt SET zicht = zicht WHERE vergadering_id = ANY (anders); END IF; END IF; RETURN NULL;', hash='16d66cefc4a8aa3b218f073cb38efb34639e5f6c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_zicht_deelt_39af4', referencing='REFERENCING OLD TABLE AS oud  NEW TABLE AS nieuw ', table='regietafel_vergadering', when='AFTER')),
        ),
    ]
