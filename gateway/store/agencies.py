"""Questions about the directory of agencies."""

from sqlmodel import Session, col, select

from gateway.records import Agency


def titles(session: Session) -> dict[str, str]:
    """What each agency is called, by its code, in the order of boards."""
    return {each.code: each.title for each in session.exec(select(Agency).order_by(col(Agency.rank)))}
