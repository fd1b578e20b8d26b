"""How bulk and oil cargo is worked alongside."""

from messages.declaration.certificates import Certificate
from messages.declaration.measures import Measure
from messages.declaration.places import Port
from messages.declaration.record import Day, Flag, Number, Record, Text


class BulkCargoPart(Record):
    """Bulk cargo of one hatch."""

    hatch: Text | None = None
    quantity: Measure | None = None


class BulkCargoList(Record):
    """One stage of the loading or unloading plan."""

    stage: Text | None = None
    unit: tuple[BulkCargoPart, ...] = ()


class BulkLoadUnloadData(Record):
    """What terminal and master agree on before bulk is worked (BLU Code)."""

    accommodation_ladder: Text | None = None
    cargo_handling_gear: Text | None = None
    cargo_type: Text | None = None
    checklist_completed: Flag | None = None
    distance_side_to_hatch: Number | None = None
    distance_waterline_to_hatch: Number | None = None
    is_loading: Flag | None = None
    length_of_cargo_area: Number | None = None
    mooring_lines: Text | None = None
    remarks: Text | None = None
    required_repairs: Text | None = None
    specific_instructions: Text | None = None
    time_for_ballasting: Text | None = None
    total_quantity: BulkCargoPart | None = None
    operation_plan: tuple[BulkCargoList, ...] = ()


class OBOLoadUnloadData(Record):
    """Earlier cargoes and tanks of an ore-bulk-oil carrier."""

    last_oil_cargo_date: Day | None = None
    preceding_cargo_1: Text | None = None
    preceding_cargo_2: Text | None = None
    preceding_cargo_3: Text | None = None
    slop_tank_status: Text | None = None
    gas_free_certificate: Certificate | None = None
    last_oil_cargo_port: Port | None = None
