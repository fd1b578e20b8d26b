"""The gateway's pages and the desks' speak one visual language: the same tokens, word for word."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent


def tokens(sheet: str) -> list[str]:
    """Every `:root` block on screen, in order: light, dark, more contrast."""
    text = (ROOT / sheet).read_text("utf-8").partition("@media print")[0]
    return re.findall(r":root\{([^}]*)\}", text)


def test_the_desks_take_over_the_gateways_tokens_word_for_word():
    gateway = tokens("gateway/static/fairway.css")
    assert len(gateway) == 3
    assert tokens("agencies/static/desk.css") == gateway


def test_no_sheet_asks_another_host_for_anything():
    for sheet in ("gateway/static/fairway.css", "agencies/static/desk.css"):
        assert not re.search(r"url\(|@import|//", (ROOT / sheet).read_text("utf-8"))
