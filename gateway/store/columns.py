"""Leaving out of a query the columns that are nearly all of a row."""

from typing import Any, cast

from sqlalchemy.orm import QueryableAttribute, defer
from sqlalchemy.orm.interfaces import ORMOption


def without(*columns: Any) -> tuple[ORMOption, ...]:
    """Options for a select that leave those columns unread; touching one afterwards is an error."""
    return tuple(defer(cast("QueryableAttribute[Any]", each), raiseload=True) for each in columns)
