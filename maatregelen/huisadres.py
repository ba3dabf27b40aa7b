"""Where this installation lives: its address before that of a page, its name in numbers that are unique anywhere."""

from urllib.parse import urlsplit

from django.conf import settings


def volledig(pad: str) -> str:
    """The whole address of a page; `pad` begins with a slash."""
    return str(settings.SITE_URL).rstrip("/") + pad


def huisnaam() -> str:
    """The host of this installation: what makes a number of ours unique in the world."""
    return urlsplit(settings.SITE_URL).hostname or "regiemonitor"
