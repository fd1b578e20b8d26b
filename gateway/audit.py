"""The trail of what happened, written in the transaction that makes it happen."""

from datetime import datetime

from sqlmodel import Session

from gateway.records import AuditEvent


def note(session: Session, at: datetime, event: str, subject: str, *, by: str, **facts: str | int | None) -> None:
    """Add one event. `subject` is a reference, `facts` are codes and counts: never personal data."""
    session.add(AuditEvent(sequence=None, at=at, actor=by, event=event, subject=subject, facts=facts))
