"""What the change feed of the API tells of the table. The settings name this list: measures need not know the table."""

from maatregelen.wijzigingen import Soort
from regietafel.models import Actiepunt, Agendapunt, Besluit, Inbreng, Terugkoppeling, Vergadering

# New kinds come last, as in the feed itself.
TAFELSOORTEN = (
    Soort("vergadering", Vergadering, "slug"),
    Soort("agendapunt", Agendapunt, "id"),
    Soort("inbreng", Inbreng, "id"),
    Soort("besluit", Besluit, "code"),
    Soort("terugkoppeling", Terugkoppeling, "id", "maatregel_id"),
    Soort("actiepunt", Actiepunt, "code"),
)
