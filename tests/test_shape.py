"""Size budgets and names: the tests that keep the house small."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("edi", "messages", "gateway", "agencies")

LONGEST_MODULE = 400
LONGEST_FUNCTION = 60
EXCEPTIONS = {
    "gateway/migrations/versions/0001_port_calls.py:upgrade": "a migration is one list of tables, never changed again",
}
"""Path (or path:function) to the reason it may be longer. Empty is the aim."""

EMPTY_NAMES = {"utils", "util", "helpers", "common", "misc", "manager", "base"}
EMPTY_CLASSES = re.compile(r"(Manager|Handler|Processor|Service|Helper)$")


def sources() -> list[Path]:
    return [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def test_no_module_is_longer_than_the_budget():
    long = {str(p.relative_to(ROOT)): n for p in sources() if (n := p.read_text().count("\n")) > LONGEST_MODULE}
    assert {name: n for name, n in long.items() if name not in EXCEPTIONS} == {}


def test_no_function_is_longer_than_the_budget():
    long = {
        f"{path.relative_to(ROOT)}:{node.name}": size
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (size := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    }
    assert {name: n for name, n in long.items() if name not in EXCEPTIONS} == {}


def test_every_module_says_what_it_owns():
    silent = [str(path.relative_to(ROOT)) for path in sources() if not ast.get_docstring(ast.parse(path.read_text()))]
    assert silent == []


def test_names_say_what_lives_there():
    empty = [str(path.relative_to(ROOT)) for path in sources() if path.stem in EMPTY_NAMES]
    empty += [
        f"{path.relative_to(ROOT)}:{node.name}"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef) and EMPTY_CLASSES.search(node.name)
    ]
    assert empty == []


def test_the_top_level_is_the_agreed_card():
    agreed = {"edi", "messages", "gateway", "agencies", "tests", "docs"}
    packages = {p.name for p in ROOT.iterdir() if p.is_dir() and not p.name.startswith((".", "_"))}
    assert {p for p in packages if any((ROOT / p).rglob("*.py"))} <= agreed
