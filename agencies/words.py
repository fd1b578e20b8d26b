"""How a page says things: element names, values, times and counts in words."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from agencies.quarantine import QUESTIONS

LABELS = {
    **QUESTIONS,
    "atp": "Actual time at the pilot station",
    "cso": "Company security officer",
    "dg_safety_data_sheet": "Dangerous goods",
    "dutiable_crew_effects": "Crew's effects",
    "etp": "Estimated time at the pilot station",
    "general_description_of_dg": "Dangerous goods",
    "general_remark": "Remarks",
    "hs_code": "HS code",
    "id_number": "Number",
    "imo_number": "IMO number",
    "inf_class_content": "INF class",
    "iss_certificate": "International Ship Security Certificate",
    "iss_certificate_status": "Status of the International Ship Security Certificate",
    "issc_status": "Valid",
    "marpol_code": "MARPOL",
    "marpol_pollution_code": "MARPOL",
    "mmsi_number": "MMSI number",
    "persons_onboard": "Persons on board",
    "person_id_document": "Identity or travel document",
    "port_call_list": "Last port calls",
    "rob_bunkers": "Bunkers remaining on board",
    "ship_id": "Ship",
    "ship_store": "Ship's stores",
    "ship_to_ship_activity_list": "Ship-to-ship activities",
    "un_hazard_class": "Class",
    "un_locode": "UN/LOCODE",
    "un_number": "UN number",
    "visa_number": "Visa",
    "voyage_description": "Voyage",
    "way_point_list": "Waypoints",
}
"""Where the element's own name, with spaces, would not be plain."""

_DATE = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d.*)?")


def label(name: str) -> str:
    """`place_of_birth` as `Place of birth`."""
    plain = name.replace("_", " ").strip()
    return LABELS.get(name) or plain[:1].upper() + plain[1:]


def plain(value: Any) -> str:
    """A single value as a page shows it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and _DATE.fullmatch(value):
        return moment(value)
    return "" if value is None else str(value)


def moment(text: str) -> str:
    """`2027-01-31` as `31 Jan 2027`, with the time when there is one; anything unreadable as it stands."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return text
    day = f"{read.day} {read:%b %Y}"
    if len(text) <= len("2027-01-31") or (read.hour, read.minute) == (0, 0):
        return day
    zone = f" {read.tzname()}" if read.tzinfo else ""
    return f"{day} {read:%H:%M}{zone}"


def zone_of(name: str) -> ZoneInfo:
    """The port's zone; UTC when it is not one we know."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def in_zone(at: datetime, zone: str) -> str:
    """`23 Nov 2026 06:00 Yangon (UTC+06:30)`."""
    where = zone_of(zone)
    there = at.astimezone(where)
    city = where.key.rpartition("/")[2].replace("_", " ")
    if city == "UTC":
        return in_utc(at)
    return f"{there.day} {there:%b %Y %H:%M} {city} ({offset(there)})"


def in_utc(at: datetime) -> str:
    there = at.astimezone(UTC)
    return f"{there.day} {there:%b %Y %H:%M} UTC"


def offset(at: datetime) -> str:
    """`UTC+06:30`."""
    minutes = int((at.utcoffset() or timedelta()).total_seconds() // 60)
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def until(at: datetime, now: datetime) -> str:
    """`in 3 h 10 min`, `2 days ago`."""
    seconds = (at - now).total_seconds()
    minutes = int(abs(seconds) // 60)
    if minutes >= 48 * 60:
        length = f"{minutes // (24 * 60)} days"
    elif minutes >= 60:  # noqa: PLR2004 - minutes in an hour
        length = f"{minutes // 60} h {minutes % 60} min"
    else:
        length = f"{minutes} min"
    return f"in {length}" if seconds >= 0 else f"{length} ago"
