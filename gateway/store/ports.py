"""Questions about the ports of this window."""

from sqlmodel import Session, select

from gateway.records import Port


def ports(session: Session) -> dict[str, Port]:
    """Every port by its UN/LOCODE. There are few."""
    return {each.locode: each for each in session.exec(select(Port))}
