"""The keys in words: the line of keys below the answer, and the list of all keys."""

from __future__ import annotations

from collections.abc import Callable

from followme.asking.picks import single_keys
from followme.asking.understood import row_keys, row_toolbars
from followme.asking.verdicts import KEYS as VERDICT_KEYS
from followme.asking.verdicts import TOOLBARS as VERDICT_TOOLBARS
from followme.hints import Command
from followme.kinds.base import ADD, SKIPPED, Field
from followme.model import Question

_REST = " · Shift+Tab back · Ctrl+C pause · F1 all keys"
_SHORT_REST = ", ^C pause, F1 keys"
_LEAST = ", F1 keys"
_ALONE = (" · Ctrl+C leaves · F1 all keys", ", ^C leaves, F1 keys", _LEAST)
_TOOLBARS = {
    "text": (
        f"Enter next · Ctrl+J new line · Ctrl+O editor{_REST}",
        f"Enter next · Ctrl+J new line{_REST}",
        f"Enter next, ^J line{_SHORT_REST}",
        f"Enter next, ^J line{_LEAST}",
    ),
    "line": (f"Enter next · Ctrl+O editor{_REST}", f"Enter next{_SHORT_REST}", f"Enter next{_LEAST}"),
    "enter": ("Enter next · Ctrl+C pause",),
}
_ADDING = (
    f"Enter next · + another · Ctrl+O editor{_REST}",
    f"Enter next · + another{_REST}",
    f"Enter next, + more{_SHORT_REST}",
    f"Enter next, + more{_LEAST}",
)
_ADDING_KEYS = (("+", "on an empty answer, asks for another promise first"),)
_SWAPPED = (
    f"Ctrl+J next · Enter new line · Ctrl+O editor{_REST}",
    f"Ctrl+J next · Enter new line{_REST}",
    f"^J next, Enter line{_SHORT_REST}",
    f"^J next, Enter line{_LEAST}",
)
_AT_ONCE = {"digit": "A digit answers", "one": "A number answers", "yesno": "y or n answers"}
"""The hint for fields that a single key answers, so that no one presses Enter after it."""

_SHORT = {"digit": "Digit", "one": "Number", "yesno": "y or n"}

KEYS = (
    ("Enter", "goes on; on an empty answer, skips the question"),
    ("Ctrl+J", "starts a new line in a longer answer; so does Alt+Enter"),
    ("Up, Down", "move by the rows you see"),
    ("Home, End", "go to the ends of the row; pressed twice, of the paragraph"),
    ("Ctrl+O", "opens the answer in the editor that VISUAL or EDITOR names"),
    ("Ctrl+_", "brings back what you deleted last; so does Ctrl+X Ctrl+U"),
    ("Ctrl+R", "shows what you answered last time"),
    ("F3", "shows again what you looked back on; so does Ctrl+X W"),
    ("Shift+Tab", "goes back to the question before"),
    ("F2", "lists the questions so far, so you can pick one; so does Ctrl+X G"),
    ("Ctrl+X F", "finishes now; the rest isn't asked"),
    ("Ctrl+C", "pauses, and keeps everything"),
    ("F1", "shows all keys; so does ? on an empty answer"),
)
"""Every key with its effect."""

_ALONE_KEYS = (
    ("y, n", "answer yes or no"),
    ("Enter", "does what the line above says"),
    ("Ctrl+C", "leaves; that means no"),
    ("F1", "shows all keys; so does ?"),
)
"""Every key at a yes or no outside a reflection, with its effect."""

_WRITING = ("Ctrl+J", "Up, Down", "Home, End", "Ctrl+O", "Ctrl+_")
_SWAPPED_KEYS = {
    "Enter": "starts a new line in a longer answer; elsewhere, and on an empty answer, goes on",
    "Ctrl+J": "goes on; so does Alt+Enter",
}


def toolbar(field: Field, columns: int, *, enter_is_line: bool = False, filled: bool = False) -> str:
    """Return the most important keys for a field, as many as fit in one row; `filled` if there is an answer."""
    if field.input == "row":
        forms = row_toolbars(field)
    elif field.input == "line" and ADD in field.turns and not filled:
        forms = _ADDING
    elif field.alone and field.input == "enter":
        forms = ("Enter closes",)
    elif field.input == "verdicts":
        forms = VERDICT_TOOLBARS
    else:
        forms = (
            _SWAPPED
            if enter_is_line and field.input == "text"
            else _TOOLBARS.get(field.input) or _picking(field, filled=filled)
        )
    return next((form for form in forms if len(form) < columns), _cut(forms[-1], columns))


def _cut(form: str, columns: int) -> str:
    """As many of the keys as there is room for, and at least the first one."""
    while len(form) >= columns and (end := max(form.rfind(", "), form.rfind(" · "))) > 0:
        form = form[:end]
    return form


def _picking(field: Field, *, filled: bool) -> tuple[str, ...]:
    if not single_keys(field):
        goes_on = "Enter next" if field.input == "some" else "Number, then Enter"
        return (f"{goes_on}{_REST}", f"{goes_on}{_SHORT_REST}", f"{goes_on}{_LEAST}")
    answers = "A letter answers" if field.keys else _AT_ONCE[field.input]
    if field.alone:
        return tuple(f"{answers}{rest}" for rest in _ALONE)
    # If Enter doesn't skip, the hint says what it does.
    if field.empty == SKIPPED:
        enter = f"Enter {'keeps' if filled else 'skips'}"
        skips = (enter + _SHORT_REST, enter + _LEAST)
        return (f"{answers} · {enter}{_REST}", *(f"{_SHORT[field.input]}, {rest}" for rest in skips))
    return (f"{answers}{_REST}", f"{answers}{_SHORT_REST}", f"{answers}{_LEAST}")


def all_keys(
    field: Field, *, enter_is_line: bool = False, looked_back: bool = False
) -> tuple[tuple[str, str], ...]:
    """Return the keys with their effects; the keys for writing are left out if the answer is picked."""
    if field.alone:
        return _ALONE_KEYS if field.input == "yesno" else (("Enter", "closes"),)
    swapped = _SWAPPED_KEYS if enter_is_line else {}
    adding = _ADDING_KEYS if ADD in field.turns else ()
    own = {"row": row_keys(field), "verdicts": VERDICT_KEYS, "line": adding}.get(field.input, ())
    left_out = () if field.input in ("text", "line") else (*_WRITING, *(key for key, _ in own))
    left_out = left_out if looked_back else (*left_out, "F3")
    return (*own, *((key, swapped.get(key, does)) for key, does in KEYS if key not in left_out))


def how_private(question: Question | None, named: Callable[[Command], str] | None) -> list[str]:
    """Return the lines that say how to keep an answer, or the first promise, out of exports, or to let it be exported.

    `named` returns a command as it's typed, None if this entry won't be the last one.
    """
    if question is None or named is None:
        return []
    promises = question.kind == "promise"
    what, key = ("your first promise", "p1") if promises else ("this answer", question.key)
    mark, does = (
        ("--public", f"let {what} be exported")
        if question.private
        else ("--private", f"keep {what} out of exports")
    )
    return [f"To {does}, once it's saved:", named(Command("edit", "last", key, mark))]
