"""Runs followme at a moment that is given, so that its screens are the same on every day: frozen.py MOMENT WORDS…"""

from __future__ import annotations

import random
import sys
from datetime import datetime

from followme import configfile
from followme.cli import main
from followme.env import real_env


def run(moment: str, words: list[str]) -> int:
    """Run one command line while the clock stands still; gives the exit code."""
    sys.argv[0] = "followme"
    env = real_env(configfile.load)
    env.now = lambda: datetime.fromisoformat(moment)
    env.clock = lambda: 0.0
    env.chance = random.Random(moment)
    return main(words, env)


if __name__ == "__main__":
    raise SystemExit(run(sys.argv[1], sys.argv[2:]))
