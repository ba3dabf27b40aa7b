"""The clock of the product, ticking twice a second: `celery -A tests.trouw.klok beat`. Only the times are different."""

from migratie.celery import app

TEL = 0.5

app.conf.beat_max_loop_interval = TEL / 2
app.conf.beat_schedule = {
    naam: {**regel, "schedule": TEL}
    for naam, regel in app.conf.beat_schedule.items()
    if regel["task"] == "maatregelen.verstuur_statusberichten"
}
