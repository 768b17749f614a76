"""Entries as Markdown that reads well on GitHub, in Obsidian, and as it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from followme.clean import for_heading, for_markdown, one_line
from followme.dates import day_words
from followme.exports.options import Options
from followme.insight.privacy import Shared
from followme.insight.promises import after_i_will, after_when, ending_words
from followme.insight.wording import counted
from followme.model import Answer, Entry, Outcome, Promise

# Everything below is put together as plain words, and passes the gate as a whole paragraph or list item:
# so no word of the writer can get around it, and none of it needs a mark of its own.


def write(found: Shared, options: Options) -> str:
    """Return the entries as one Markdown document, a section for each; the same entries give the same bytes."""
    chosen = options.arranged(found)
    earlier = {ref: promise for entry in chosen if entry.id for ref, promise in entry.made}
    blocks = ["# Reflections"]
    for title, entry in zip(_titles(chosen), chosen, strict=True):
        blocks += [f"## {for_heading(title)}", *_entry(entry, earlier)]
    if not chosen:
        blocks.append("There are no entries in this selection.")
    return "\n\n".join(blocks) + "\n"


def _titles(entries: Sequence[Entry]) -> list[str]:
    """Return a title of its own for each entry: week and set, and where these are not enough, the time."""
    titles = [_title(entry) for entry in entries]
    shared = Counter(titles)
    for place, entry in enumerate(entries):
        if shared[titles[place]] > 1:
            titles[place] += f" · {entry.date.isoformat(' ')[:16]}"
    seen: Counter[str] = Counter()
    for place, title in enumerate(titles):
        seen[title] += 1
        if seen[title] > 1:
            titles[place] += f" ({seen[title]})"
    return titles


def _title(entry: Entry) -> str:
    week, name = one_line(entry.week).strip() or str(entry.date.date()), one_line(entry.set).strip()
    return f"{week} · {name}" if name else week


def _entry(entry: Entry, earlier: Mapping[str, Promise]) -> list[str]:
    """Return the blocks under the title of an entry; `earlier` has the promises by their full reference."""
    blocks = [for_markdown(_about(entry))]
    for answer in entry.answers:
        if not answer.skipped:
            blocks += _answer(answer)
    if entry.promises:
        blocks += ["### Promises", _bullets(_promise(each, earlier) for each in entry.promises)]
    if entry.outcomes:
        blocks += [
            "### What became of earlier promises",
            _bullets(_outcome(each, earlier) for each in entry.outcomes),
        ]
    if passed := [_question(answer) for answer in entry.answers if answer.skipped]:
        blocks.append(for_markdown(f"Passed over: {' · '.join(passed)}"))
    return blocks


def _about(entry: Entry) -> str:
    words = [day_words(entry.date.date())]
    if entry.minutes:
        words.append(counted(entry.minutes, "minute"))
    if entry.private:
        words.append("private")
    return ", ".join(words)


def _question(answer: Answer) -> str:
    return one_line(answer.question).strip() or answer.key


def _answer(answer: Answer) -> list[str]:
    blocks = [f"### {for_heading(_question(answer))}"]
    if answer.private:
        blocks.append("(private)")
    blocks.append(_reply(answer))
    if answer.fact:
        blocks.append(for_markdown(f"Fact: {answer.fact}"))
    return blocks


def _reply(answer: Answer) -> str:
    # What the reply is decides, not its kind: a journal may hold kinds that came later.
    match answer.reply:
        case bool(yes):
            return "Yes" if yes else "No"
        case int(number):
            return for_markdown(f"{number}{_ends(answer)}")
        case tuple(texts) if texts:
            return _bullets(texts)
        case str(text):
            return for_markdown(text) or "(empty)"
    return "(empty)"


def _ends(answer: Answer) -> str:
    """Return what the two ends of a scale mean, such as " (0 = no day, 5 = every day)"."""
    if answer.low is None or answer.high is None:
        return ""
    if not answer.low_label and not answer.high_label:
        return f" ({answer.low} to {answer.high})"
    ends = ((answer.low, answer.low_label), (answer.high, answer.high_label))
    return f" ({', '.join(f'{end} = {one_line(label)}' if label else str(end) for end, label in ends)})"


def _promise(promise: Promise, earlier: Mapping[str, Promise]) -> str:
    to = one_line(promise.to)
    lines = [f"When: {after_when(promise)}"] if promise.occasion else []
    if promise.kind == "ask":
        lines.append(f"I will ask {to}: {promise.text}" if to else f"I will ask: {promise.text}")
    else:
        lines.append(f"{one_line(promise.who) or 'I'} will: {after_i_will(promise)}")
        lines += [f"{'Waiting' if promise.who else 'Promised to'}: {to}"] if to else []
    lines += _told(promise.told)
    if promise.by is not None:
        lines.append(f"By: {day_words(promise.by)}")
    if promise.origin in earlier:
        lines.append(f"In place of: {earlier[promise.origin].text}")
    if promise.private:
        lines.append("(private)")
    return "\n".join(lines)


def _outcome(outcome: Outcome, earlier: Mapping[str, Promise]) -> str:
    promise = earlier.get(outcome.promise)
    ending = ending_words(outcome, promise)
    what = promise.text if promise else f"{outcome.promise}, a promise that is not among these entries"
    lines = [f"{ending[:1].upper()}{ending[1:]}: {what}"]
    if promise and promise.to:
        lines.append(f"{'Asked' if promise.kind == 'ask' else 'Promised to'}: {one_line(promise.to)}")
    lines += [f"Note: {outcome.note}"] if outcome.note else []
    return "\n".join(lines + _told(outcome.told))


def _told(told: bool | None) -> list[str]:
    return [] if told is None else [f"Told: {'yes' if told else 'no'}"]


def _bullets(texts: Iterable[str]) -> str:
    return "\n".join(f"- {_indented(for_markdown(text) or '(empty)')}" for text in texts)


def _indented(block: str) -> str:
    """Return a block whose further lines belong to the list item it begins."""
    return "\n".join(f"  {line}" if line else line for line in block.split("\n"))[2:]
