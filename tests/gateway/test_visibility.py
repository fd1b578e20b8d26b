"""The whitelist language: what a path shows, and that nothing else is shown."""

import pytest

from gateway.visibility import mask_of, shown, views

PERSONS = {
    "crew_list": [
        {"name": {"family_name": "Aung"}, "duty": {"text": "Master"}},
        {"name": {"family_name": "Soe"}, "person_health_particulars": {"treatment": "rest"}},
    ],
    "ship_id": {"imo_number": "9074729", "call_sign": "9VAB1"},
}


def seen(document: dict, *paths: str) -> dict:
    return shown(document, [mask_of(paths)])


def test_what_no_path_names_is_not_shown():
    assert seen(PERSONS, "ship_id.imo_number") == {"ship_id": {"imo_number": "9074729"}}


def test_a_path_shows_everything_under_it():
    assert seen(PERSONS, "ship_id") == {"ship_id": PERSONS["ship_id"]}


def test_lists_are_looked_through():
    assert seen(PERSONS, "crew_list.name") == {
        "crew_list": [{"name": {"family_name": "Aung"}}, {"name": {"family_name": "Soe"}}]
    }


def test_a_condition_keeps_only_the_entries_that_meet_it():
    only_ill = seen(PERSONS, "crew_list[person_health_particulars].{name,person_health_particulars}")
    assert only_ill == {"crew_list": [PERSONS["crew_list"][1]]}


def test_a_condition_can_ask_for_values():
    goods = {"dg": [{"class": "3", "un": "1203"}, {"class": "7", "un": "2912"}]}
    assert seen(goods, "dg[class=6.2|7]") == {"dg": [{"class": "7", "un": "2912"}]}


def test_paths_over_the_same_list_lie_over_each_other():
    both = seen(PERSONS, "crew_list.name", "crew_list[person_health_particulars].person_health_particulars")
    assert both == {"crew_list": [{"name": {"family_name": "Aung"}}, PERSONS["crew_list"][1]]}


def test_braces_before_a_condition_stand_for_each_list():
    document = {"crew_list": [{"ill": "yes", "name": "A"}], "passenger_list": [{"name": "B"}]}
    assert seen(document, "{crew_list,passenger_list}[ill].name") == {"crew_list": [{"name": "A"}]}


def test_entries_of_which_nothing_may_be_seen_leave_no_trace():
    assert seen(PERSONS, "crew_list.visa_number") == {}


@pytest.mark.parametrize("agency", views())
def test_every_path_of_the_published_table_leads_somewhere(agency: str):
    from messages.declaration import Declaration  # noqa: PLC0415 - keeps the language's tests apart from the model

    view = views()[agency]
    paths = view.always + tuple(path for _, more in view.also for path in more)
    known = schema_names(Declaration.model_json_schema())
    assert [name for path in paths for name in words(path) if name not in known] == []


def words(path: str) -> list[str]:
    import re  # noqa: PLC0415 - only here

    return re.findall(r"[a-z_]\w*", re.sub(r"=[^\]]*", "", path))


def schema_names(schema: dict) -> set[str]:
    definitions = [schema, *schema.get("$defs", {}).values()]
    return {name for each in definitions for name in each.get("properties", {})}
