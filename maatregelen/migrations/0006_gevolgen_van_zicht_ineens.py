import maatregelen.bouwstappen
import pgtrigger.compiler
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('maatregelen', '0005_zichtbaarheid'),
    ]

    operations = [
        maatregelen.bouwstappen.TriggerWeg(
            model_name='agenda',
            name='zicht_deelt',
        ),
        maatregelen.bouwstappen.TriggerWeg(
            model_name='maatregel',
            name='zicht_deelt',
        ),
        maatregelen.bouwstappen.TriggerWeg(
            model_name='pijler',
            name='zicht_deelt',
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='agenda',
            trigger=pgtrigger.compiler.Trigger(name='zicht_deelt', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE anders BIGINT[];', func='SELECT array_agg(n.id) INTO anders FROM nieuw n JOIN oud o ON o.id = n.id WHERE o.zicht IS DISTINCT FROM n.zicht OR o.zicht_voor_id IS DISTINCT FROM n.zicht_voor_id OR o.stil_tot IS DISTINCT FROM n.stil_tot OR o.stil_voor_id IS DISTINCT FROM n.stil_voor_id; IF anders IS NOT NULL THEN IF EXISTS (SELECT 1 FROM maatregelen_pijler WHERE agenda_id = ANY (anders)) THEN UPDATE maatregelen_pijler SET zicht = zicht WHERE agenda_id = ANY (anders); END IF; END IF; RETURN NULL;', hash='47bfc48a58a3d06b7797141002a82cf6975c3aea', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_zicht_deelt_1ad99', referencing='REFERENCING OLD TABLE AS oud  NEW TABLE AS nieuw ', table='maatregelen_agenda', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='maatregel',
            trigger=pgtrigger.compiler.Trigger(name='zicht_deelt', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE anders BIGINT[];', func='SELECT array_agg(n.id) INTO anders FROM nieuw n JOIN oud o ON o.id = n.id WHERE o.zicht IS DISTINCT FROM n.zicht OR o.zicht_voor_id IS DISTINCT FROM n.zicht_voor_id OR o.stil_tot IS DISTINCT FROM n.stil_tot OR o.stil_voor_id IS DISTINCT FROM n.stil_voor_id; IF anders IS NOT NULL THEN IF EXISTS (SELECT 1 FROM maatregelen_maatregel WHERE bovenliggend_id = ANY (anders)) THEN UPDATE maatregelen_maatregel SET zicht = zicht WHERE bovenliggend_id = ANY (anders); END IF; IF EXISTS (SELECT 1 FROM maatregelen_mijlpaal WHERE maatregel_id = ANY (anders)) THEN UPDATE maatregelen_mijlpaal SET zicht = zicht WHERE maatregel_id = ANY (anders); END IF; IF EXISTS (SELECT 1 FROM maatregelen_reactie WHERE maatregel_id = ANY (anders)) THEN UPDATE maatregelen_reactie SET zicht = zicht WHERE maatregel_id = ANY (anders); END IF; END IF; RETURN NULL;', hash='068720e90cd7ab110010caadec6423f858ea525b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_zicht_deelt_eadd2', referencing='REFERENCING OLD TABLE AS oud  NEW TABLE AS nieuw ', table='maatregelen_maatregel', when='AFTER')),
        ),
        maatregelen.bouwstappen.Trigger(
            model_name='pijler',
            trigger=pgtrigger.compiler.Trigger(name='zicht_deelt', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE anders BIGINT[];', func='SELECT array_agg(n.id) INTO anders FROM nieuw n JOIN oud o ON o.id = n.id WHERE o.zicht IS DISTINCT FROM n.zicht OR o.zicht_voor_id IS DISTINCT FROM n.zicht_voor_id OR o.stil_tot IS DISTINCT FROM n.stil_tot OR o.stil_voor_id IS DISTINCT FROM n.stil_voor_id; IF anders IS NOT NULL THEN IF EXISTS (SELECT 1 FROM maatregelen_pijler WHERE bovenliggend_id = ANY (anders)) THEN UPDATE maatregelen_pijler SET zicht = zicht WHERE bovenliggend_id = ANY (anders); END IF; IF EXISTS (SELECT 1 FROM maatregelen_maatregel WHERE pijler_id = ANY (anders)) THEN UPDATE maatregelen_maatregel SET zicht = zicht WHERE pijler_id = ANY (anders); END IF; END IF; RETURN NULL;', hash='7bf45330fa19600348009be6f07ab7cbdc38836c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_zicht_deelt_58598', referencing='REFERENCING OLD TABLE AS oud  NEW TABLE AS nieuw ', table='maatregelen_pijler', when='AFTER')),
        ),
    ]
