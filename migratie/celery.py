"""The worker, and the only place with clock times (Europe/Amsterdam).

A tick only asks what is due; what was done is a row in the database. A missed tick, a tick too many or a lost message
therefore needs no repair: the next one asks the same question.
"""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "migratie.settings")
app = Celery("migratie")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    # From seven in the morning; the later ticks catch up what an earlier one missed or could not hand over.
    "herinneringen": {"task": "maatregelen.verstuur_herinneringen", "schedule": crontab(hour="7-18", minute="*/10")},
    "statusberichten": {"task": "maatregelen.verstuur_statusberichten", "schedule": crontab(minute="*")},
}
