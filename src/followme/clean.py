"""The one gate between stored text and the outside: text shows as it was typed, and controls nothing."""

from __future__ import annotations

import re

_TAGS = {letter: chr(0xE0000 + ord(letter)) for letter in "abcdefghijklmnopqrstuvwxyz"}
_FLAGS = "|".join("".join(_TAGS[letter] for letter in region) for region in ("gbeng", "gbsct", "gbwls"))
_UNSAFE = (
    # The flags of England, Scotland and Wales are the only emoji with tag characters: they stay.
    f"\U0001f3f4(?:{_FLAGS})\U000e007f"
    "|["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and newline, DEL, C1
    "\u2028\u2029\ufeff"  # line and paragraph separator, byte order mark
    "\u202a-\u202e\u2066-\u206f"  # signs that change the direction of text, and their deprecated relatives
    "\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e007f"  # annotations, beams, tags: invisible
    "\ud800-\udfff"  # surrogates, which no stream can write
    "]"
)

_SUSPICIOUS = frozenset(b"\xc2\xe2\xed\xef\xf0\xf3")
"""The first bytes, in UTF-8, of the characters beyond ASCII that could be unsafe."""

_HARMLESS = bytes({9, 10, *range(32, 127), *range(128, 256)} - _SUSPICIOUS)

_DOT = "·".encode()
"""What stands between the parts of a promise, and in titles."""

_LONG = 200
"""From how many characters on it is faster to take all harmless bytes of a text away."""

_ISOLATES = re.compile("[\u2066-\u2069\n]")


def for_terminal(text: str) -> str:
    """Return the text with every character made visible that could control a terminal or hide or reverse other words.

    Control characters become their pictures (ESC is "␛"); the rest are spelled out ("\\x9b", "\\u202e").
    Newlines and tabs stay, and so do joiners (emoji families, Devanagari), soft hyphens, zero-width spaces and
    left-to-right marks, since they only shape their own word. Isolates that enclose words, as chat programs put them
    around a name, are dropped.
    """
    # Most texts have nothing of that, and this look is far faster than a search.
    if _is_harmless(text):
        return text
    return re.sub(_UNSAFE, _visible, _without_isolates(text))


def for_stream(text: str) -> str:
    """Return the text as `for_terminal` does, but keep CRLF at the end of lines, as calendar files need it."""
    return "\r\n".join(map(for_terminal, text.split("\r\n"))) if "\r" in text else for_terminal(text)


def one_line(text: str) -> str:
    """Return the text as `for_terminal` does, with a blank for each tab and each newline."""
    return text if text.isprintable() else for_terminal(text).replace("\t", " ").replace("\n", " ")


def for_json(text: str) -> str:
    """Return JSON text that is as harmless as the result of `for_terminal`, and parses to the same values.

    Only strings can contain such characters; they are escaped the way JSON escapes them ("\\u009b").
    """
    if _is_harmless(text):
        return text
    return re.sub(_UNSAFE, lambda match: match[0] if len(match[0]) > 1 else _escape(match[0]), text)


def for_toml(text: str) -> str:
    """Return TOML text that is as harmless as the result of `for_json`; only strings can contain such characters."""
    return re.sub(_UNSAFE, lambda match: match[0] if len(match[0]) > 1 else _long_escape(match[0]), text)


def ascii_json(text: str) -> str:
    """Return JSON text with every character beyond ASCII escaped, for a stream that can only write ASCII."""
    return re.sub("[^\x00-\x7f]", lambda match: _escape(match[0]), text)


def _escape(sign: str) -> str:
    code = ord(sign)
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


def _long_escape(sign: str) -> str:
    code = ord(sign)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _is_harmless(text: str) -> bool:
    """Whether a text certainly has no character that is made visible; most texts have none."""
    if len(text) > _LONG and _has_only(_HARMLESS, text):
        return True
    return text.isprintable() or text.replace("\n", "").isprintable()


def _has_only(harmless: bytes, text: str) -> bool:
    """Whether the UTF-8 of a text has only these bytes, and our own dot."""
    data = text.encode(errors="surrogatepass")
    return not (data.translate(None, harmless) and data.replace(_DOT, b"").translate(None, harmless))


def _without_isolates(text: str) -> str:
    """The text without isolates that are closed in their line; an unclosed one could reverse other words."""
    if "\u2069" not in text:
        return text
    opened: list[int] = []
    dropped: list[int] = []
    for sign in _ISOLATES.finditer(text):
        if sign[0] == "\n":
            opened.clear()
        elif sign[0] != "\u2069":
            opened.append(sign.start())
        elif opened:
            dropped += (opened.pop(), sign.start())
    if not dropped:
        return text
    starts = [0, *(at + 1 for at in sorted(dropped))]
    return "".join(text[start:end] for start, end in zip(starts, [*sorted(dropped), len(text)], strict=True))


def _visible(match: re.Match[str]) -> str:
    sign = match[0]
    if len(sign) > 1:
        return sign
    code = ord(sign)
    if code < 0x20:
        return chr(0x2400 + code)
    return f"\\x{code:02x}" if code < 0x100 else _long_escape(sign)


# Markdown. The patterns are strings, which `re` compiles at first use: most commands write no Markdown.

# Most texts have none of the signs that could have a meaning, and taking away all bytes that certainly have none is far
# faster than the tests of each. Of the bytes beyond ASCII, those stay that begin a sign which could be unsafe.
_MEANS_NOTHING = bytes({*range(0x80, 0x100), *b"\n !\"'()+,-./:;?@{}"} - _SUSPICIOUS) + (
    b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)
_MAY_BEGIN_SOMETHING = frozenset("0123456789>|-+=:")

# Each alternative is a sign that would have a meaning for CommonMark, GitHub or Obsidian in that place. The sign comes
# first and what is around it after, so that all other signs are skipped at once.
_MEANS_SOMETHING = r"""(?x)
    \\(?=[!-/:-@\[-`{-~]|$)             # a backslash that would escape, or break the line
  | ` | \[                              # code; links, images, footnotes, tasks, [[wikilinks]]
  | \*(?:(?<!\s\*)|(?!\s))             # emphasis, but not 3 * 4
  | ~(?:(?<!\s~)|(?!\s))               # and ~~strikethrough~~
  | _(?:(?<![^\W_]_)|(?![^\W_]))       # emphasis, but not snake_case
  | <(?=\S)                            # HTML and <http://autolinks>
  | &(?=\#?[0-9A-Za-z]{1,32};)         # entities
  | \$(?:(?=\S)|(?<=\$\$))             # formulas
  | \#(?<![^\W_]\#)                    # headings, their closing signs, #tags, but not C#
  | =(?:(?<===)|(?==))                 # ==marks==
  | %(?:(?<=%%)|(?=%))                 # and %%comments%%
  | \^(?<!\S\^)(?=\S)                  # the ^name of a block
"""

# Signs with a meaning only at the beginning of a line; the backslash goes after the group.
_BEGINS_SOMETHING = r"""(?x)
  ^( [0-9]{1,9}(?=[.)](?:\s|$))         # numbered lists
   | (?= [>|] | [-+](?:\s|$)            # quotations, tables, lists and rules
       | [-=:][-=:|\s]*$ ) )            # underlined headings and tables
"""

# What a line ends or begins with that needs a closer look, and a third line break. A line feed comes first, so that the
# search jumps from one line to the next.
_UNUSUAL_LINE = r"\n(?:(?<=[^\S\n]\n)|\n?+[\s0-9>|\-+=:])"

# GitHub shows a backslash inside an address, so an address that would need one is kept from becoming a link;
# all others stay unchanged.
_ADDRESS_WITH_BACKSLASH = r"(?i)(?:https?|ftp)(?=://[^ \t]{0,2000}\\)|www(?=\.[^ \t]{0,2000}\\)"

# Two blanks break the line everywhere. A backslash would be easier to see, but Obsidian documents only the
# blanks. If a program removes the blanks, the words stay intact; a backslash would stay among them.
_LINE_BREAK = "  \n"
_NO_BREAK_SPACE = "\xa0"


def for_markdown(text: str) -> str:
    """Return the text as Markdown paragraphs in which no character works as markup.

    Line breaks stay, blank lines separate paragraphs (several count as one), and blanks at the beginning of a line
    become no-break spaces, so that they make no code block. `@ana` and `:smile:` stay unchanged: GitHub looks for
    them after Markdown, and no backslash can hide them.
    """
    plain = _means_nothing(text)
    if plain and text[:1] not in _MAY_BEGIN_SOMETHING and text.strip() == text:
        if "\n" not in text:
            return text
        if not re.search(_UNUSUAL_LINE, text):
            return text.replace("\n", _LINE_BREAK).replace(2 * _LINE_BREAK, "\n\n")
    text = text if plain else for_terminal(text)
    if "\n" not in text:
        return _markdown_line(text, plain)
    lines = "\n".join([_markdown_line(line, plain) for line in text.split("\n")]).strip("\n")
    while "\n\n\n" in lines:
        lines = lines.replace("\n\n\n", "\n\n")
    return "\n\n".join([part.replace("\n", _LINE_BREAK) for part in lines.split("\n\n")])


def for_heading(text: str) -> str:
    """Return the text as one line of Markdown, for a heading or after other words."""
    return _escaped(one_line(text).strip())


def _markdown_line(line: str, plain: bool) -> str:
    """One line escaped; in a `plain` one only its beginning can have a meaning."""
    words = line.strip()
    escaped = words if plain else _escaped(words)
    if words[:1] in _MAY_BEGIN_SOMETHING:
        escaped = re.sub(_BEGINS_SOMETHING, r"\g<1>\\", escaped)
    if len(words) == len(line) or not words:
        return escaped
    before = line[: len(line) - len(line.lstrip())]
    return before.expandtabs(4).replace(" ", _NO_BREAK_SPACE) + escaped


def _means_nothing(text: str) -> bool:
    """Whether no sign of a text is unsafe or could have a meaning in Markdown, but at the beginning of a line."""
    return _has_only(_MEANS_NOTHING, text)


def _escaped(words: str) -> str:
    if _means_nothing(words):
        return words
    escaped = re.sub(_MEANS_SOMETHING, r"\\\g<0>", words)
    return re.sub(_ADDRESS_WITH_BACKSLASH, r"\g<0>\\", escaped) if "\\" in escaped else escaped
