"""Drafts in every bad state: they are kept and spoken of, and nothing stops working because of them."""

from __future__ import annotations

import pytest
from two_questions import ALL, reply, to_the_summary, write_set

from followme.asking.rich.keys import HABIT_SECONDS
from terminal import CTRL_C, ENTER, Terminal

BROKEN = {
    "empty": b"",
    "cut short": b'format = 1\nid = "a"\njourna',
    "NUL bytes": bytes(500),
    "no text": b"\xff\xfe\x00",
    "from a newer followme": b'format = 2\nid = "a"\n',
    "of another id": b'format = 1\nid = "b"\njournal = ""\nset = ""\nweek = ""\nstarted = 2026-01-01T00:00:00Z\n'
    b'seconds = 0.0\ndone = []\nat = ""\n[plan]\n[typed]\n',
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN.keys())
def test_a_draft_that_cannot_be_read_is_shown_and_kept(run, content: bytes):
    write_set(run.prompts)
    run.paths.drafts.mkdir(parents=True)
    path = run.paths.drafts / "a.toml"
    path.write_bytes(content)
    for argv in ([], ["reflect", "two", *ALL]):
        done = run(*argv)
        assert done.code == 0
        assert f"The draft {path}" in done.err
        assert "It was left alone." in done.err
    assert run("list").err == ""
    assert path.read_bytes() == content
    assert len(run.entries) == 1


def paused(run) -> None:
    """Leave a sitting after its first question."""
    write_set(run.prompts)
    with Terminal(run.home, "reflect", "two") as window:
        reply(window, "What went well?", f"Ana stayed.{ENTER}")
        reply(window, "Who was calm?", "B")
        window.answer("▎ B", CTRL_C)
        assert window.end() == 130


@pytest.mark.parametrize("change", ["removed", "broken", "other questions"])
def test_a_sitting_goes_on_whatever_became_of_its_set(run, change: str):
    paused(run)
    path = run.prompts / "two.toml"
    if change == "removed":
        path.unlink()
    else:
        path.write_text("title = 3" if change == "broken" else path.read_text().replace("went", "gone"))
    with Terminal(run.home, "reflect") as window:
        window.answer("an unfinished reflection (two)", ENTER)
        window.answer("▎ B", f"en{ENTER}")
        window.answer("What now?", ENTER)
        window.see("Saved.")
        assert window.end() == 0
    assert [(each["key"], each["reply"]) for each in run.entries[0]["answer"]] == [
        ("went", "Ana stayed."),
        ("calm", "Ben"),
    ]


def test_a_sitting_whose_questions_cannot_be_read_is_left_and_another_begun(run):
    paused(run)
    (draft,) = run.drafts
    draft.write_text(words := draft.read_text().replace("[[plan.set.section", "[[plan.lost.section"))
    with Terminal(run.home, "reflect", "two") as window:
        window.see("its questions can't be read anymore")
        window.keys(ENTER)
        assert window.end() == 1
        assert "Your answers are in" in window.words
    assert draft.read_text() == words
    with Terminal(run.home, "reflect", "two") as window:
        window.answer("an unfinished reflection", "3")
        # Right after a digit, an Enter still belongs to it.
        window.wait(HABIT_SECONDS + 0.2)
        to_the_summary(window)
        window.keys(ENTER)
        window.see("Saved.")
        assert window.end() == 0
    assert draft.read_text() == words
    assert len(run.entries) == 1


def test_what_could_not_be_discarded_is_not_called_discarded(run):
    """A folder took the draft's place while the person was asked; no file is removed by that name."""
    paused(run)
    (draft,) = run.drafts
    with Terminal(run.home, "reflect") as window:
        window.answer("There's an unfinished reflection", "4")
        window.see("Discard all your answers?")
        draft.rename(draft.with_name("kept"))
        (draft / "deep").mkdir(parents=True)
        window.keys("y")
        window.see("The draft couldn't be removed.")
        assert window.end() == 1
        assert "Discarded" not in window.words
