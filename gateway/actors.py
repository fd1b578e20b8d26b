"""Who is asking: known to every use case, made only by `gateway.access`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Whoever a request comes from, with what they may do."""

    id: str
    """`account:<id>`, `key:<id>` or `anonymous`."""
    firm_id: str | None = None
    name: str = ""
    scopes: frozenset[str] = frozenset()
    csrf_token: str | None = None

    @property
    def firm(self) -> str:
        """The firm acted for. Only asked of actors that a rule has let in as a firm's."""
        assert self.firm_id is not None
        return self.firm_id
