"""Who may import whom, and that nobody imports in a circle."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("edi", "messages", "gateway", "agencies")

WEB = {"fastapi", "starlette", "uvicorn", "sqlmodel", "sqlalchemy", "alembic", "psycopg", "jinja2", "httpx2"}
WEB |= {"pydantic", "pydantic_settings", "argon2", "standardwebhooks", "structlog", "sse_starlette"}
WEB |= {"orjson", "typer", "rich", "anyio"}

MAY_IMPORT = {
    "edi": {"edi"},
    "messages": {
        *("messages", "edi", "pydantic", "pydantic_core", "lxml", "xmlschema", "stdnum", "pycountry", "orjson"),
        *("standardwebhooks",),
    },
    "agencies": {"agencies", "messages.exchange", "messages.codes", *WEB},
    "gateway": {"gateway", "messages", "procrastinate", "uuid_utils", "zstandard", *WEB},
}


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Every import of the file, relative ones refused, `from a import b` given as both a and a.b."""
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module=module, level=level, names=names):
                assert level == 0, f"{path}:{node.lineno} relative import"
                yield from ((node.lineno, f"{module}.{alias.name}") for alias in names)


def may(package: str, name: str) -> bool:
    if name.partition(".")[0] in sys.stdlib_module_names:
        return True
    return any(name == allowed or name.startswith(allowed + ".") for allowed in MAY_IMPORT[package])


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_imports_only_what_its_layer_allows(package: str):
    trespasses = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in modules(package)
        for line, name in imports(path)
        if not may(package, name)
    ]
    assert trespasses == []


def test_no_module_imports_itself_through_others():
    known = {module_name(path): path for package in PACKAGES for path in modules(package)}
    graph: dict[str, set[str]] = {name: set() for name in known}
    for name, path in known.items():
        for _, target in imports(path):
            home = target if target in known else target.rpartition(".")[0]
            if home in known and home != name:
                graph[name].add(home)
    assert circles(graph) == []


def circles(graph: dict[str, set[str]]) -> list[str]:
    """Modules that can reach themselves, by removing leaves until none is left."""
    left = {name: set(targets) for name, targets in graph.items()}
    while leaves := [name for name, targets in left.items() if not targets & left.keys()]:
        for leaf in leaves:
            del left[leaf]
    while roots := [name for name in left if not any(name in targets for targets in left.values())]:
        for root in roots:
            del left[root]
    return sorted(left)
