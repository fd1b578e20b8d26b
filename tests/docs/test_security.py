"""What `docs/security.md` says is done: its figures are the code's, and the places it names exist."""

import re
from pathlib import Path

from gateway import accounts, passwords, throttle
from gateway.access import routes_without_rule
from gateway.app import create_app
from gateway.database import Database
from gateway.settings import Settings
from tests.docs.pages import ROOT, code

PAGE = ROOT / "docs/security.md"
TEXT = " ".join(PAGE.read_text().split())


def test_every_route_names_one_rule_of_access(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'window.db'}"
    database = Database(url)
    assert routes_without_rule(create_app(Settings(database=url), database, working=False)) == []
    database.close()


def test_the_figures_are_those_of_the_code():
    standing = Settings()
    assert f"{passwords.FEWEST} to {passwords.MOST} characters" in TEXT
    assert f"{throttle.PER_ACCOUNT} wrong tries a minute" in TEXT
    assert f"{throttle.PER_SOURCE} from one address" in TEXT
    assert throttle.WINDOW.total_seconds() == 60
    assert f"{standing.session_idle_minutes} idle minutes and after {standing.session_hours} hours" in TEXT
    assert len(accounts.new_token()) * 6 >= 256


def test_the_places_it_names_exist():
    named = [each for each in code(PAGE) if re.fullmatch(r"[a-z_]+/[\w/.]+", each)]
    assert len(named) > 10
    assert [path for path in named if not (ROOT / path).exists()] == []
