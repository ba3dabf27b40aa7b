"""The worker, and the only place with clock times (Europe/Amsterdam).

A tick only asks what is due; what was done is a row in the database. A missed tick, a tick too many or a lost message
therefore needs no repair: the next one asks the same question.
"""

import os
from typing import Any

from celery import Celery, Task
from celery.schedules import crontab
from django.utils.module_loading import import_string
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "migratie.settings")
# The demo's queue of files, without the races of the published one.
TRANSPORT_ALIASES["filesystem"] = "migratie.wachtrij:Transport"


class Vermeld(Task):  # type: ignore[type-arg]  # at run time it takes none
    """Every task says of what it changes that it was this task."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run it. What knows the log is found when there is something to run: the apps are loaded then."""
        with import_string("logboek.bron.taak")(self.name):
            return super().__call__(*args, **kwargs)


app = Celery("migratie", task_cls=Vermeld)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    # From seven in the morning; the later ticks catch up what an earlier one missed or could not hand over.
    # A tick nobody took before the next one is worth nothing: it expires, so that no heap waits for a stopped worker.
    "herinneringen": {
        "task": "maatregelen.verstuur_herinneringen",
        "schedule": crontab(hour="7-18", minute="*/10"),
        "options": {"expires": 10 * 60},
    },
    # Before the reminders of the day; once an hour, so that a missed tick is soon made up for.
    "herhaalde-termijnen": {
        "task": "maatregelen.herhaal_termijnen",
        "schedule": crontab(minute=55),
        "options": {"expires": 60 * 60},
    },
    # Papers are made as soon as they are asked for; this finds those whose message or worker was lost.
    "achtergebleven-stukken": {
        "task": "regietafel.maak_achtergebleven_stukken",
        "schedule": crontab(minute="*"),
        "options": {"expires": 60},
    },
    "oude-stukken": {
        "task": "regietafel.ruim_stukken_op",
        "schedule": crontab(hour="3-5", minute=20),
        "options": {"expires": 60 * 60},
    },
    # Links in mails are sent as soon as they are asked for; this finds those whose message or worker was lost.
    "toegangsmail": {
        "task": "toegang.verstuur_toegangsmail",
        "schedule": crontab(minute="*"),
        "options": {"expires": 60},
    },
    # That a key ends soon; once an hour, so that a missed tick is soon made up for. What was told is told once.
    "sleuteleinde": {
        "task": "toegang.kondig_sleuteleinde_aan",
        "schedule": crontab(hour="7-18", minute=35),
        "options": {"expires": 60 * 60},
    },
    # Who is made inactive gets nowhere at once; this also ends the sessions they had, so that none comes back to life.
    "sessies-opruimen": {
        "task": "toegang.ruim_sessies_op",
        "schedule": crontab(minute="*"),
        "options": {"expires": 60},
    },
    # The chain of check numbers is never far behind what happens; one tick too many seals nothing twice.
    "logboek-verzegelen": {
        "task": "logboek.verzegel",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 5 * 60},
    },
    "logboek-controleren": {
        "task": "logboek.controleer",
        "schedule": crontab(hour=4, minute=40),
        "options": {"expires": 6 * 60 * 60},
    },
    "namen-wissen": {
        "task": "logboek.wis_namen",
        "schedule": crontab(hour=2, minute=15),
        "options": {"expires": 12 * 60 * 60},
    },
    "personen-vergeten": {
        "task": "maatregelen.pseudonimiseer",
        "schedule": crontab(hour=2, minute=25),
        "options": {"expires": 12 * 60 * 60},
    },
    # What is under embargo opens by itself; this makes it a change that feed and followers hear of.
    "embargo": {
        "task": "maatregelen.ruim_embargo_op",
        "schedule": crontab(minute="*"),
        "options": {"expires": 60},
    },
    "statusberichten": {
        "task": "maatregelen.verstuur_statusberichten",
        "schedule": crontab(minute="*"),
        "options": {"expires": 60},
    },
    # After the first round of reminders: one sender at a time.
    "actieberichten": {
        "task": "regietafel.verstuur_actieberichten",
        "schedule": crontab(hour="7-18", minute="8-59/10"),
        "options": {"expires": 10 * 60},
    },
    "vergaderberichten": {
        "task": "regietafel.verstuur_vergaderberichten",
        "schedule": crontab(hour="7-18", minute="5-59/10"),
        "options": {"expires": 10 * 60},
    },
}
