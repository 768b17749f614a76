"""Drafts in every bad state: they are kept and spoken of, and nothing stops working because of them."""

from __future__ import annotations

import pytest
from two_questions import ALL, write_set

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
    run.place.drafts.mkdir(parents=True)
    path = run.place.drafts / "a.toml"
    path.write_bytes(content)
    for argv in ([], ["reflect", "two", *ALL]):
        done = run(*argv)
        assert done.code == 0
        assert f"The draft {path}" in done.err
        assert "It is left as it is." in done.err
    assert run("list").err == ""
    assert path.read_bytes() == content
    assert len(run.entries) == 1
