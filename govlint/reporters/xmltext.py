"""Text in XML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML can't hold, not even as a reference."""
_KEPT_IN_ATTRIBUTES = {9: "&#9;", 10: "&#10;", 13: "&#13;"}


def content(text: str) -> str:
    """``text`` as the content of an element; characters that XML can't hold become U+FFFD."""
    return escape(_ILLEGAL.sub("\ufffd", text), quote=False).replace("\r", "&#13;")


def attributes(values: Mapping[str, object]) -> str:
    """The attributes of a tag, with a space before each."""
    return "".join(
        f' {name}="{escape(_ILLEGAL.sub(chr(0xFFFD), str(value))).translate(_KEPT_IN_ATTRIBUTES)}"'
        for name, value in values.items()
    )
