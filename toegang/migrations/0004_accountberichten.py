import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('toegang', '0003_zonder_vier_ogen_per_rol'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.KNOX_TOKEN_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Accountbericht',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('soort', models.CharField(choices=[('wachtwoord', 'wachtwoord gewijzigd'), ('tijdelijk_wachtwoord', 'tijdelijk wachtwoord gekregen'), ('app_erbij', 'app gekoppeld'), ('app_weg', 'app losgekoppeld'), ('passkey_erbij', 'passkey toegevoegd'), ('passkey_weg', 'passkey verwijderd'), ('tweede_stap_weg', 'tweede stap weggehaald'), ('herstelcodes', 'nieuwe herstelcodes'), ('herstelcode_gebruikt', 'herstelcode gebruikt'), ('overal_uitgelogd', 'overal uitgelogd'), ('aanmeldpunt_erbij', 'inloggen via een organisatie gekoppeld'), ('aanmeldpunt_weg', 'inloggen via een organisatie ontkoppeld'), ('sleutel_gemaakt', 'sleutel gemaakt'), ('sleutel_eindigt', 'sleutel eindigt binnenkort')], max_length=24, verbose_name='soort')),
                ('gebeurd_op', models.DateTimeField(help_text='Wanneer het gebeurde, of het einde werd aangekondigd.', verbose_name='gebeurd op')),
                ('door_ander', models.BooleanField(default=False, help_text='Een beheerder deed het.', verbose_name='door een ander')),
                ('naam', models.CharField(blank=True, help_text='Hoe de sleutel of het aanmeldpunt heet waar het om gaat.', max_length=200, verbose_name='naam')),
                ('aantal', models.PositiveSmallIntegerField(help_text='Hoeveel herstelcodes er nog zijn, of hoeveel dagen voor het einde.', null=True, verbose_name='aantal')),
                ('verzonden_op', models.DateTimeField(null=True, verbose_name='verzonden op')),
                ('opgegeven_op', models.DateTimeField(help_text='Wanneer het versturen is gestaakt: het adres bestaat niet, of te lang niet gelukt.', null=True, verbose_name='opgegeven op')),
                ('persoon', models.ForeignKey(help_text='Wie de mail krijgt.', on_delete=django.db.models.deletion.PROTECT, related_name='accountberichten', to=settings.AUTH_USER_MODEL)),
                ('sleutel', models.ForeignKey(help_text='De sleutel die eindigt; bij al het andere leeg.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.KNOX_TOKEN_MODEL)),
            ],
            options={
                'verbose_name': 'accountbericht',
                'verbose_name_plural': 'accountberichten',
                'ordering': ['-gebeurd_op', '-pk'],
                'indexes': [models.Index(condition=models.Q(('opgegeven_op', None), ('verzonden_op', None)), fields=['gebeurd_op'], name='accountbericht_te_versturen')],
                'constraints': [models.CheckConstraint(condition=models.Q(('soort__in', ['wachtwoord', 'tijdelijk_wachtwoord', 'app_erbij', 'app_weg', 'passkey_erbij', 'passkey_weg', 'tweede_stap_weg', 'herstelcodes', 'herstelcode_gebruikt', 'overal_uitgelogd', 'aanmeldpunt_erbij', 'aanmeldpunt_weg', 'sleutel_gemaakt', 'sleutel_eindigt'])), name='accountbericht_soort'), models.CheckConstraint(condition=models.Q(models.Q(('aantal__isnull', False), ('sleutel__isnull', False), ('soort', 'sleutel_eindigt')), models.Q(models.Q(('soort', 'sleutel_eindigt'), _negated=True), ('sleutel', None)), _connector='OR'), name='accountbericht_sleutel'), models.UniqueConstraint(condition=models.Q(('sleutel__isnull', False)), fields=('sleutel', 'aantal', 'persoon'), name='accountbericht_eenmaal')],
            },
        ),
    ]
