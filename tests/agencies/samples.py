"""Declarations and notices for the desks' tests. The people in them are invented."""

import json
import secrets
from datetime import UTC, datetime
from typing import Any

from messages.exchange import Keyring, Notice, ShipIdentity, digest_of, new_key

KEY = new_key()
ETA = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 22, 0, tzinfo=UTC)
HERE = "MMRGN"


def seafarer(number: int, **changes: Any) -> dict[str, Any]:
    person = {
        "name": {"family_name": f"Tun{number}", "given_name": "Aung"},
        "nationality": "MM",
        "date_of_birth": "1990-04-05",
        "duty": {"code": "MST", "text": "Master"},
        "person_id_document": [
            {"id_document": "Passport", "id_number": f"M{number:06}", "expiration_date": "2029-01-31"}
        ],
    }
    return person | changes


def quiet_declaration() -> dict[str, Any]:
    """A small ship in ballast with everything in order: every agency's rule grants it."""
    return {
        "ship_id": {"ship_name": "Thiri Star", "imo_number": "9074729"},
        "arrival_draught": {"fore_draught": 5.1, "aft_draught": 5.9},
        "cargo_overview": "In ballast",
        "dangerous_goods_cargo_indicator": False,
        "persons_onboard": {"crew": 2, "passengers": 0},
        "crew_list": [seafarer(1), seafarer(2)],
        "ship_store": [{"description": "Rice", "measurement": {"content": 200, "unit_code": "KGM"}}],
        "health_data": {
            **dict.fromkeys(
                (
                    "person_died",
                    "disease_on_board",
                    "ill_persons_greater_than_expected",
                    "ill_persons_now",
                    "medical_consulted",
                    "infection_condition_on_board",
                    "sanitary_measure_applied",
                    "stowaways_found",
                    "sick_animal",
                    "visited_infected_area",
                ),
                False,
            ),
            "valid_ship_sanitation_control_certificate": True,
            "ship_sanitation_control_certificate": {"certificate_number": "S-1", "expiry_date": "2027-01-10"},
        },
        "iss_certificate": {"certificate_number": "I-1", "expiry_date": "2028-01-10"},
        "iss_certificate_status": {"issc_status": True},
        "current_ship_security_level": "SL1",
        "port_call_list": [
            {"sequence_number": n, "port": {"un_locode": "SGSIN", "name": "Singapore"}, "port_security_level": "SL1"}
            for n in range(1, 11)
        ],
    }


def container_ship() -> dict[str, Any]:
    """Dangerous goods, 22 crew, 2 passengers, 40 consignments, one yes in health, one ship-to-ship activity."""
    declaration = quiet_declaration()
    declaration["health_data"]["ill_persons_now"] = True
    return declaration | {
        "cargo_overview": "Containers",
        "general_description_of_dg": [{"un_number": "1263", "un_hazard_class": "3", "description": "Paint"}],
        "persons_onboard": {"crew": 22, "passengers": 2},
        "crew_list": [seafarer(n) for n in range(22)],
        "passenger_list": [seafarer(n) for n in range(90, 92)],
        "cargo_data": {
            "consignment": [
                {
                    "consignment_number": str(n),
                    "port_of_discharge": {"un_locode": HERE},
                    "cargo_item": [{"goods_type": {"description": "Tiles"}, "no_of_packages": n}],
                }
                for n in range(1, 41)
            ]
        },
        "ship_to_ship_activity_list": [{"activity": "Bunkering", "from_date_time": "2026-11-20T10:00:00Z"}],
    }


def a_notice(agency: str, **changes: Any) -> Notice:
    """A notice of version 1 about the quiet ship; `changes` name what matters to the test."""
    declaration = changes.pop("declaration", None)
    declaration = quiet_declaration() if declaration is None else declaration
    shown = digest_of(json.dumps(declaration, default=str).encode())
    values: dict[str, Any] = {
        "id": "ntc_" + secrets.token_hex(8),
        "sent_at": NOW,
        "agency": agency,
        "port": HERE,
        "port_call": "MMRGN-26-000417",
        "movement": "arrival",
        "version": 1,
        "digest": digest_of(b"version 1"),
        "shown": shown,
        "ship": ShipIdentity(name="Thiri Star", imo_number="9074729", flag="MM"),
        "eta": ETA,
        "time_zone": "Asia/Yangon",
        "parts": ("general", "cargo", "crew"),
        "visible": ("general",),
        "declaration": declaration,
    }
    return Notice.model_validate(values | changes)


def signed(notice: Notice | bytes, key: str = KEY, message_id: str = "") -> dict[str, Any]:
    """Body and headers for a post, signed now."""
    body = notice if isinstance(notice, bytes) else notice.model_dump_json().encode()
    message_id = message_id or (notice.id if isinstance(notice, Notice) else "ntc_raw")
    return {"content": body, "headers": Keyring(key).sign(message_id, body)}
