"""Records as values that JSON has, without losing one."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date, datetime

from followme.insight.plain import entry_values, values
from followme.model import Answer, Entry, Outcome, Promise, Question, When

ENTRY = Entry(
    id="20261120T150411-k7q2m",
    date=datetime.fromisoformat("2026-11-20T16:04:11+01:00"),
    week="2026-W47",
    set="",
    answers=(
        Answer(key="ideas", kind="list", question="", reply=("a", "b")),
        Answer(key="moment", kind="text", question="?", reply=""),
        Answer(key="spirit", kind="text", question="?"),
    ),
    promises=(Promise(ref="p1", text="Call", by=date(2026, 12, 1), origin="x/p1"),),
    outcomes=(Outcome(promise="x/p1", result="replaced"),),
)


def test_an_entry_is_the_same_after_json() -> None:
    found = json.loads(json.dumps(entry_values(ENTRY, {})))
    assert found["date"] == "2026-11-20T16:04:11+01:00"
    assert (found["id"], found["set"], found["person"]) == (ENTRY.id, "", None)
    assert [each["reply"] for each in found["answers"]] == [["a", "b"], "", None]
    assert [each["skipped"] for each in found["answers"]] == [False, False, True]
    assert found["answers"][0]["question"] is None
    (promise,) = found["promises"]
    assert promise["reference"] == "20261120T150411-k7q2m/p1"
    assert (promise["by"], promise["from"], promise["to"]) == ("2026-12-01", "x/p1", None)
    assert found["outcomes"] == [{"promise": "x/p1", "result": "replaced", "note": None, "told": None}]


def test_every_field_of_a_record_has_its_key_but_those_left_out() -> None:
    question = Question(key="k", kind="text", ask="?", when=When(key="j", test="is", value=""))
    assert list(values(question)) == [each.name for each in fields(Question)]
    assert values(question)["when"] == {"key": "j", "test": "is", "value": ""}
    assert "when" not in values(question, {"when"})
