"""What can happen, how it ended, through which door it came.

The database holds these as words without a list of its own: an app that records something new adds a word here, and
needs no migration. A word is never taken away or given another meaning: lines that use it stay.
"""

from django.db import models


class Actie(models.TextChoices):
    # Getting in and out
    INLOGGEN = "inloggen", "inloggen"
    UITLOGGEN = "uitloggen", "uitloggen"
    OVERAL_UITLOGGEN = "overal_uitloggen", "overal uitloggen"
    SESSIE_BEEINDIGEN = "sessie_beeindigen", "een sessie beëindigen"
    BLOKKEREN = "blokkeren", "tijdelijk buitensluiten"
    DEBLOKKEREN = "deblokkeren", "weer toelaten"
    WACHTWOORD_WIJZIGEN = "wachtwoord_wijzigen", "wachtwoord wijzigen"
    WACHTWOORD_VRAGEN = "wachtwoord_vragen", "nieuw wachtwoord aanvragen"
    WACHTWOORD_HERSTELLEN = "wachtwoord_herstellen", "wachtwoord herstellen"
    FACTOR_TOEVOEGEN = "factor_toevoegen", "tweede stap toevoegen"
    FACTOR_VERWIJDEREN = "factor_verwijderen", "tweede stap verwijderen"
    FACTOR_GEBRUIKEN = "factor_gebruiken", "tweede stap bij inloggen"
    HERSTELCODES_MAKEN = "herstelcodes_maken", "herstelcodes maken"
    HERSTELCODE_GEBRUIKEN = "herstelcode_gebruiken", "herstelcode gebruiken"
    UITNODIGEN = "uitnodigen", "uitnodigen"
    UITNODIGING_AANVAARDEN = "uitnodiging_aanvaarden", "uitnodiging aanvaarden"
    UITNODIGING_INTREKKEN = "uitnodiging_intrekken", "uitnodiging intrekken"
    EMAIL_WIJZIGEN = "email_wijzigen", "e-mailadres wijzigen"
    # Signing in through another organisation
    KOPPELING_MAKEN = "koppeling_maken", "koppeling met een andere inlogdienst maken"
    KOPPELING_WIJZIGEN = "koppeling_wijzigen", "koppeling met een andere inlogdienst wijzigen"
    KOPPELING_VERWIJDEREN = "koppeling_verwijderen", "koppeling met een andere inlogdienst verwijderen"
    # Rights
    PERSOON_TOEVOEGEN = "persoon_toevoegen", "persoon toevoegen"
    PERSOON_WIJZIGEN = "persoon_wijzigen", "persoon wijzigen"
    PROGRAMMA_TOEVOEGEN = "programma_toevoegen", "programma toevoegen"
    PROGRAMMA_BEEINDIGEN = "programma_beeindigen", "programma beëindigen"
    ROL_GEVEN = "rol_geven", "rol geven"
    ROL_WIJZIGEN = "rol_wijzigen", "rol wijzigen"
    ROL_INTREKKEN = "rol_intrekken", "rol intrekken"
    INSTELLING_WIJZIGEN = "instelling_wijzigen", "instelling wijzigen"
    # Keys of programs
    SLEUTEL_MAKEN = "sleutel_maken", "sleutel maken"
    SLEUTEL_INTREKKEN = "sleutel_intrekken", "sleutel intrekken"
    SLEUTEL_VERLENGEN = "sleutel_verlengen", "sleutel verlengen"
    SLEUTEL_GEBRUIKEN = "sleutel_gebruiken", "sleutel gebruiken"
    # What left, what was refused
    UITVOEREN = "uitvoeren", "bestand ophalen"
    OPVRAGEN = "opvragen", "gegevens ophalen met een programma"
    FEED_LEZEN = "feed_lezen", "agenda of feed ophalen"
    OPENEN = "openen", "openen"
    # The log itself
    LOGBOEK_UITVOEREN = "logboek_uitvoeren", "logboek ophalen"
    LOGBOEK_CONTROLEREN = "logboek_controleren", "logboek controleren"
    LOGBOEK_VERZEGELEN = "logboek_verzegelen", "logboek opnieuw verzegelen"
    PSEUDONIMISEREN = "pseudonimiseren", "personen onherkenbaar maken"
    # Content and rights, as the history tables record them; a line of the log never has these
    TOEVOEGEN = "insert", "toevoegen"
    WIJZIGEN = "update", "wijzigen"
    VERWIJDEREN = "delete", "verwijderen"


class Resultaat(models.TextChoices):
    GELUKT = "gelukt", "gelukt"
    GEWEIGERD = "geweigerd", "geweigerd"
    MISLUKT = "mislukt", "mislukt"


class Oorsprong(models.TextChoices):
    PAGINA = "pagina", "pagina"
    API = "api", "API"
    OPDRACHT = "opdracht", "opdracht op de server"
    TAAK = "taak", "taak op de achtergrond"
    ONBEKEND = "onbekend", "onbekend"
