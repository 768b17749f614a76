"""Command lines of both systems are taken apart and put together as their shells do it."""

from __future__ import annotations

import shlex
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followme.quoting import join, resolved, split
from rows import each_row


@each_row(
    ("line", "words"),
    [
        ("", []),
        ("  code   --wait ", ["code", "--wait"]),
        (r"C:\tools\nano.exe -w", [r"C:\tools\nano.exe", "-w"]),
        (
            r'"C:\Program Files\Notepad++\notepad++.exe" -multiInst',
            [r"C:\Program Files\Notepad++\notepad++.exe", "-multiInst"],
        ),
        (r'ed --dir="C:\My Files"', ["ed", r"--dir=C:\My Files"]),
        (r'ed "C:\My Files\\" -w', ["ed", "C:\\My Files\\", "-w"]),
        (r"ed \\server\home$\ana", ["ed", r"\\server\home$\ana"]),
        (r'ed "a \"b\" c" \\\"d', ["ed", 'a "b" c', '\\"d']),
        ('ed "" x', ["ed", "", "x"]),
    ],
)
def test_a_windows_line_is_taken_apart_by_its_rules(line: str, words: list[str]):
    assert split(line, windows=True) == words


@each_row("windows", [True, False])
def test_a_quote_that_is_not_closed_is_an_error(windows: bool):
    with pytest.raises(ValueError, match="No closing quotation"):
        split('code "--wait', windows=windows)


@each_row(
    ("words", "line"),
    [
        (["followme", "doctor", "--repair"], "followme doctor --repair"),
        (
            ["followme", "--journal", r"C:\Users\Ana\other.toml"],
            r"followme --journal C:\Users\Ana\other.toml",
        ),
        (["followme", "--journal", r"C:\My Files\j.toml"], r'followme --journal "C:\My Files\j.toml"'),
        (["x", r"\\server\home$\j.toml"], r'x "\\server\home$\j.toml"'),
        (["x", "C:\\Tom&Ann\\"], 'x "C:\\Tom&Ann\\\\"'),
        (["x", "@Ana", "a,b", "it's", ""], '''x "@Ana" "a,b" "it's" ""'''),
        (["x", "Jürgen.toml"], "x Jürgen.toml"),
    ],
)
def test_what_is_to_be_pasted_on_windows_is_quoted_where_a_shell_would_read_it_otherwise(
    words: list[str], line: str
):
    assert join(words, windows=True) == line


def test_what_is_to_be_pasted_elsewhere_works_in_a_shell():
    words = ["printf", "%s|", "my journal's.toml", "$HOME", "@Ana", "", "a;b"]
    done = subprocess.run(
        ["sh", "-c", join(words, windows=False)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "my journal's.toml|$HOME|@Ana||a;b|"


@pytest.mark.parametrize("windows", [True, False])
@given(words=st.lists(st.text(st.sampled_from("ab \\\"'$&;%\t"), max_size=8)))
def test_what_is_joined_is_taken_apart_into_the_same_words(words: list[str], windows: bool):
    assert split(join(words, windows=windows), windows=windows) == words


@given(words=st.lists(st.text(st.sampled_from('ab \\"'), max_size=8)))
def test_a_windows_line_is_taken_apart_as_the_standard_library_joins_it(words: list[str]):
    assert split(subprocess.list2cmdline(words), windows=True) == words


# --- The program ------------------------------------------------------------------------------------------

PROGRAMS = {
    "code": r"C:\Programs\bin\code.CMD",
    r"C:\Program Files\Notepad++\notepad++.exe": r"C:\Program Files\Notepad++\notepad++.exe",
    "nano": "/usr/bin/nano",
    "/opt/My Editor/ed": "/opt/My Editor/ed",
    "/opt/My": "/opt/My",
}


@each_row(
    ("line", "windows", "words"),
    [
        ("code --wait", True, [r"C:\Programs\bin\code.CMD", "--wait"]),
        (
            r"C:\Program Files\Notepad++\notepad++.exe -multiInst",
            True,
            [r"C:\Program Files\Notepad++\notepad++.exe", "-multiInst"],
        ),
        (
            r'"C:\Program Files\Notepad++\notepad++.exe" "a b"',
            True,
            [r"C:\Program Files\Notepad++\notepad++.exe", "a b"],
        ),
        (" nano ", False, ["/usr/bin/nano"]),
        ("/opt/My Editor/ed", False, ["/opt/My Editor/ed"]),
        ("/opt/My Editor/ed -w 'a b'", False, ["/opt/My Editor/ed", "-w", "a b"]),
        (r"/opt/My\ Editor/ed -w", False, ["/opt/My Editor/ed", "-w"]),
        (" ", False, []),
    ],
)
def test_the_program_that_is_found_is_the_one_to_run(line: str, windows: bool, words: list[str]):
    assert resolved(line, PROGRAMS.get, windows=windows) == words


def test_a_program_that_is_not_found_is_named():
    with pytest.raises(LookupError) as raised:
        resolved("'my ed' -w", PROGRAMS.get, windows=False)
    assert raised.value.args == ("my ed",)


def test_words_are_the_same_as_the_shell_has_them():
    assert split(r"nano -w\ x 'a b'", windows=False) == shlex.split(r"nano -w\ x 'a b'")
