"""`fairway demo --once`, as a visitor runs it: a call filed, decided at five desks, cleared."""

import json
import subprocess
import sys


def fairway(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gateway", *arguments], capture_output=True, text=True, timeout=120, check=False
    )


def test_the_whole_job_runs_unattended_and_ends_cleared():
    done = fairway("demo", "--once")
    assert done.returncode == 0, done.stderr
    told = [word for word in ("received", "checked", "to 5 of 5", "decided", "CLEARED") if word in done.stdout]
    assert told == ["received", "checked", "to 5 of 5", "decided", "CLEARED"]


def test_for_machines_it_prints_one_json_object_with_five_officers_decisions():
    done = fairway("demo", "--once", "--json")
    said = json.loads(done.stdout)
    lines = said["port_call"]["movements"][0]["agencies"]
    assert said["clearance"] == "cleared"
    assert {line["state"] for line in lines} == {"granted"}
    assert [step["step"] for step in said["steps"]].count("decided") == 5
    assert len(lines) == 5
