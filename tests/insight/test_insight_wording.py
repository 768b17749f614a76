"""Questions told apart where all of them begin alike."""

from __future__ import annotations

from followme.insight.wording import told_apart
from rows import each_row

ALIKE = ["How hard did you try today to help someone?", "How hard did you try today to be there?"]


@each_row(
    ("questions", "told"),
    [
        (ALIKE, ["…help someone?", "…be there?"]),
        ([*ALIKE, "What else?"], [*ALIKE, "What else?"]),
        (ALIKE[:1], ALIKE[:1]),
        (["What did you do?", "What did you say?"], ["What did you do?", "What did you say?"]),
        ([], []),
    ],
)
def test_what_all_questions_begin_with_is_left_out(questions, told):
    assert list(told_apart(questions)) == told
