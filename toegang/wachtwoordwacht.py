"""Who got another password hears of it by mail, whatever the way: the form, a link, a beheerder, a command.

Django calls this for every password that is kept, as it does for its checks of passwords: nobody has to think of it.
"""

from django.utils import timezone

from maatregelen.models import Persoon
from toegang.accountberichten import noteer
from toegang.models import Berichtsoort


class Wijzigingsbericht:
    """Among the checks of passwords (AUTH_PASSWORD_VALIDATORS): approves of each, and has its owner told."""

    def validate(self, password: str, user: Persoon | None = None) -> None:
        """Nothing to refuse."""

    def get_help_text(self) -> str:
        """Nothing to ask."""
        return ""

    def password_changed(self, password: str, user: Persoon | None = None) -> None:
        """Note it, also when nothing else is known of why; the first password of who was never here is no change."""
        if user is None or user.last_login is None:
            return
        soort = Berichtsoort.TIJDELIJK_WACHTWOORD if user.moet_wachtwoord_wijzigen else Berichtsoort.WACHTWOORD
        noteer(soort, user, moment=timezone.now())
