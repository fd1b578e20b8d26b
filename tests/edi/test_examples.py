"""The examples in the package's docstrings are true."""

import doctest
import importlib
from pathlib import Path

import pytest

import edi

PACKAGE = Path(edi.__file__).parent
MODULES = ["edi", *(f"edi.{path.stem}" for path in sorted(PACKAGE.glob("*.py")) if path.stem != "__init__")]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name: str):
    results = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert results.failed == 0


def test_the_public_names_exist_and_have_docstrings():
    for name in edi.__all__:
        assert getattr(edi, name).__doc__
