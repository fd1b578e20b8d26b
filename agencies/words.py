"""How a page says things: element names, values, times and counts in words."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from agencies.quarantine import QUESTIONS
from messages.codes import country, un_locode, units

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

SYMBOLS = {
    "KGM": "kg",
    "GRM": "g",
    "TNE": "t",
    "LBR": "lb",
    "MTQ": "m³",
    "LTR": "l",
    "HLT": "hl",
    "MLT": "ml",
    "FTQ": "ft³",
    "MTR": "m",
    "FOT": "ft",
    "C62": "",
    "H87": "pcs",
    "NAR": "pcs",
    "CEL": "°C",
    "FAH": "°F",
}
"""Units of UN/ECE Recommendation 20 as they are written; of the others the name is said."""

UNIT_OF = {
    **dict.fromkeys(("length_overall", "beam", "air_draught", "summer_draught", "present_draught"), "m"),
    **dict.fromkeys(("fore_draught", "mid_ship_draught", "aft_draught"), "m"),
    "dead_weight": "t",
    "speed": "kn",
}
"""Elements whose unit the standard fixes (FAL Compendium, data set of ISO 28005)."""

CODES = {
    "gender": {"0": "not known", "1": "male", "2": "female", "9": "not applicable"},
    "id_document": {"MusterBook": "Seaman's book", "PassportCard": "Passport card", "IdentityCard": "Identity card"},
    "current_ship_security_level": {"SL1": "level 1", "SL2": "level 2", "SL3": "level 3"},
    "port_security_level": {"SL1": "level 1", "SL2": "level 2", "SL3": "level 3"},
    "time_type": {"Estimated": "estimated", "Actual": "actual", "Requested": "requested", "Planned": "planned"},
}
"""Codes and their words, by the element that holds them; gender is ISO/IEC 5218."""

PACKAGES = {
    "BA": "barrel",
    "BE": "bundle",
    "BG": "bag",
    "BL": "bale",
    "BX": "box",
    "CL": "coil",
    "CN": "container",
    "CR": "crate",
    "CS": "case",
    "CT": "carton",
    "CY": "cylinder",
    "DR": "drum",
    "JR": "jar",
    "NE": "unpacked",
    "PA": "packet",
    "PC": "parcel",
    "PK": "package",
    "PL": "pail",
    "PX": "pallet",
    "RL": "reel",
    "RO": "roll",
    "SA": "sack",
    "TN": "tin",
    "VL": "bulk liquid",
}
"""Kinds of package of UN/ECE Recommendation 21, annex VI, as far as declarations here use them."""

UNCOUNTED = {"NE", "VL"}

CLASSES = {
    "1": "explosive",
    "2.1": "flammable gas",
    "2.2": "gas, not flammable or toxic",
    "2.3": "toxic gas",
    "3": "flammable liquid",
    "4.1": "flammable solid",
    "4.2": "ignites by itself",
    "4.3": "dangerous when wet",
    "5.1": "oxidizing",
    "5.2": "organic peroxide",
    "6.1": "toxic",
    "6.2": "infectious",
    "7": "radioactive",
    "8": "corrosive",
    "9": "other danger",
}
"""Classes of dangerous goods (IMDG Code, chapter 2.0), in short."""

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


def coded(name: str, value: Any) -> str:
    """The value of the element `name`: the word for a code, the unit beside a number."""
    text = plain(value)
    if name in UNIT_OF and text and not isinstance(value, bool):
        return f"{text} {UNIT_OF[name]}"
    return CODES.get(name, {}).get(text, text)


def measured(amount: str, unit: str) -> str:
    """`5 kg`, `2 dozen`, `3 XYZ` where nobody knows XYZ."""
    known = units.find(unit)
    return f"{amount} {SYMBOLS.get(unit, known.name if known else unit)}".strip()


def country_word(code: str) -> str:
    """The country's name; empty when there is no such country."""
    return country.name(code) if country.exists(code) else ""


def port_name(code: str) -> str:
    """The port's name, or the code of one we do not know."""
    known = un_locode.find(code)
    return known.name if known else code


def packed(number: str, kind: str) -> str:
    """`412 reels`, `1 reel`, `3 ZZ` where nobody knows ZZ."""
    word = PACKAGES.get(kind, kind)
    if kind in PACKAGES and number != "1" and kind not in UNCOUNTED:
        word += "es" if word.endswith("x") else "s"
    return " ".join(filter(None, (number, word)))


def in_port_time(value: Any, zone: str, year: int) -> Any:
    """`value` with every moment in it said in the port's zone; dates, and times that give no zone, stay."""
    if isinstance(value, dict):
        return {name: in_port_time(each, zone, year) for name, each in value.items()}
    if isinstance(value, list):
        return [in_port_time(each, zone, year) for each in value]
    return at_port(value, zone, year) if isinstance(value, str) and _DATE.fullmatch(value) else value


def at_port(text: str, zone: str, year: int) -> str:
    """`2026-12-14T05:30:00+06:30` as `14 Dec 05:30` in the port's zone, with the year when it is another."""
    try:
        read = datetime.fromisoformat(text)
        if len(text) <= len("2027-01-31") or not read.tzinfo or (read.hour, read.minute) == (0, 0):
            return text
        there = read.astimezone(zone_of(zone))
    except (ValueError, OverflowError):
        return text
    return f"{there.day} {there:%b %H:%M}" if there.year == year else f"{there.day} {there:%b %Y %H:%M}"


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
