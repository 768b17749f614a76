"""Code that the verbs about prompt sets share: where a person's own sets are, writing them, and reporting checks."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from followme.env import Env
from followme.errors import FollowmeError
from followme.insight.wording import counted
from followme.journal.file.modes import private_folder
from followme.model import PromptSet
from followme.promptfile import timing
from followme.promptfile.folders import is_out_of_reach, is_path
from followme.shell import target_file


def path_of(env: Env, name: str) -> Path:
    """Return the path of a set with this name or path; the file need not exist."""
    return Path(name) if is_path(name) else env.own_prompts / f"{name}.toml"


def out_of_reach(env: Env) -> str:
    """Return a sentence if the folder of own sets exists and can't be read, else ""."""
    folder = env.own_prompts
    if not is_out_of_reach(folder):
        return ""
    return f"{folder} can't be read as a folder, so your own prompt sets were left out."


def write_set(env: Env, path: Path, text: str) -> None:
    """Write a set, and make the folder of own sets if the set goes there. Raises FollowmeError."""
    try:
        if path.parent == env.own_prompts:
            private_folder(path.parent)
    except OSError as error:
        raise FollowmeError(
            f"{path.parent} couldn't be created ({error.strerror}). Fix that and try again."
        ) from None
    target_file.write_file(path, text)


def tell_checked(env: Env, path: Path, prompt_set: PromptSet, remarks: Iterable[str]) -> None:
    """Report what a set without faults asks, and what it could ask better."""
    verdict = f"{path} has no problems"
    for remark in remarks:
        env.say(remark)
        verdict = f"{path} has no problems and is ready to use"
    questions, minutes = size(prompt_set)
    asked, long = counted(questions, "question"), counted(minutes, "minute")
    env.say(f"{verdict}. It asks at most {asked} and takes about {long}.")


def size(prompt_set: PromptSet) -> tuple[int, int]:
    """Return how many questions a set without faults asks at most, and about how many minutes it takes."""
    return timing.questions(prompt_set), prompt_set.minutes or timing.minutes(prompt_set)
