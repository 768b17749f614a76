"""Lets `python -m followme` do what the `followme` command does."""

from followme.cli import run

if __name__ == "__main__":
    run()
