"""The agencies there are: an explicit list, so that one can see what exists."""

from agencies.agency import Agency
from agencies.customs import CUSTOMS
from agencies.harbour import HARBOUR
from agencies.immigration import IMMIGRATION
from agencies.quarantine import QUARANTINE
from agencies.security import SECURITY

ROSTER: tuple[Agency, ...] = (HARBOUR, CUSTOMS, IMMIGRATION, QUARANTINE, SECURITY)

BY_CODE = {agency.code: agency for agency in ROSTER}
