"""The `followme` command, which is also what `python -m followme` runs."""

import gc

# Loading leaves nothing to collect, so Python looks for it only from `run` on.
gc.disable()

from followme.cli import run  # noqa: E402

__all__ = ["run"]

if __name__ == "__main__":
    run()
