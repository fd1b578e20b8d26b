"""Radio call signs of ship stations (ITU Radio Regulations, article 19).

A call sign begins with the two characters of a national series, of which at least one is a letter, and has
three to seven letters and digits in all. Which series belongs to which country is not judged here.
"""

import re

_CALL_SIGN = re.compile(r"(?:[A-Z][A-Z0-9]|[0-9][A-Z])[A-Z0-9]{1,5}")


def is_well_formed(value: str) -> bool:
    """Whether `value` has the shape of a call sign; spaces, hyphens and case are the sender's affair."""
    return _CALL_SIGN.fullmatch(re.sub(r"[\s-]", "", value).upper()) is not None
