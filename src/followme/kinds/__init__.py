"""The kinds of questions: KINDS has each by its name."""

from __future__ import annotations

from followme.kinds.base import Kind
from followme.kinds.choice import Choice
from followme.kinds.line import Line
from followme.kinds.list import List
from followme.kinds.promise import PromiseKind
from followme.kinds.scale import Scale
from followme.kinds.several import Several
from followme.kinds.text import Text
from followme.kinds.yesno import YesNo

KINDS: dict[str, Kind] = {
    "text": Text(),
    "line": Line(),
    "scale": Scale(),
    "choice": Choice(),
    "several": Several(),
    "yesno": YesNo(),
    "list": List(),
    "promise": PromiseKind(),
}
