"""What a format is: a way of writing a declaration down."""

from collections.abc import Callable
from dataclasses import dataclass

from messages.declaration import Declaration
from messages.draft import Draft


@dataclass(frozen=True, slots=True)
class Format:
    """One way of writing a declaration down; `messages.formats.FORMATS` lists them all."""

    name: str
    title: str
    media_types: tuple[str, ...]
    recognises: Callable[[bytes, str], bool]
    """Whether bytes, sent as some media type, are meant to be this format. What they are outweighs the type."""
    read: Callable[[bytes], Draft]
    write: Callable[[Declaration], bytes]
