"""A program that runs one command line of followme as another user, if root starts it: as_other.py UID ARGUMENT…

All that is needed is loaded before, since the other user may not be able to read the checkout.
"""

from __future__ import annotations

import os
import sys
import traceback
from importlib import import_module

from followme import cli

NEEDED = (
    "encodings.utf_8_sig",
    "encodings.utf_16",
    "followme.configfile",
    "followme.commands.home",
    "followme.commands.doctor",
    "followme.views.home",
    "followme.views.tabs",
    "followme.views.json",
    "rich.console",
    "typer.rich_utils",
)


def main(uid: int, argv: list[str]) -> None:
    for name in (*NEEDED, *(module for module, _ in cli.COMMANDS.values())):
        import_module(name)
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(uid)
        os.setuid(uid)
    sys.argv = ["followme", *argv]
    try:
        cli.run()
    except Exception:
        traceback.print_exc()
        raise


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
