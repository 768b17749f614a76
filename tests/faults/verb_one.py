"""A program that runs one command line of followme, for tests that break it: verb_one.py WORD…

It marks where the command begins and ends, so that a trace shows it.
"""

from __future__ import annotations

import sys

import save_one

from followme.cli import main, settings
from followme.env import real_env

if __name__ == "__main__":
    env = real_env(settings)
    save_one.mark(save_one.BEGIN)
    code = main(sys.argv[1:], env)
    save_one.mark(save_one.END)
    env.end(code)
