"""The states a desk shows: each a glyph, a word and a tone, the same as the gateway's, never colour alone."""

from agencies.agency import Lane
from agencies.facts.pieces import Word
from messages.exchange import Outcome

LANES = {
    Lane.ATTENTION: Word("Attention", tone="late", glyph="!"),
    Lane.CHANGED: Word("Changed", tone="ask", glyph="↻"),
    Lane.ROUTINE: Word("Routine", tone="wait", glyph="◔"),
    Lane.DECIDED: Word("Decided", tone="go", glyph="✓"),
}

OUTCOMES = {
    Outcome.GRANTED: Word("Granted", tone="go", glyph="✓"),
    Outcome.GRANTED_WITH_CONDITIONS: Word("Granted with conditions", tone="go", glyph="✓"),
    Outcome.PROVISIONAL: Word("Provisional", tone="go", glyph="◑"),
    Outcome.INFORMATION_REQUESTED: Word("Information requested", tone="ask", glyph="?"),
    Outcome.INSPECTION_ORDERED: Word("Inspection ordered", tone="late", glyph="◉"),
    Outcome.HELD: Word("Held", tone="late", glyph="‖"),
    Outcome.REFUSED: Word("Refused", tone="stop", glyph="✕"),
    Outcome.REVOKED: Word("Revoked", tone="stop", glyph="↶"),
}
