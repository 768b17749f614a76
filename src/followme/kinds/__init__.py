"""The question kinds: KINDS names the module that holds each."""

from __future__ import annotations

from followme.kinds import choice, line, list, promise, scale, several, text, yesno  # noqa: A004
from followme.kinds.base import Kind

KINDS: dict[str, Kind] = {
    "text": text,
    "line": line,
    "scale": scale,
    "choice": choice,
    "several": several,
    "yesno": yesno,
    "list": list,
    "promise": promise,
}
