"""Wiring only: settings, addresses, worker, house rules of the API, embedded database."""

from migratie.celery import app as celery_app

__all__ = ["celery_app"]
