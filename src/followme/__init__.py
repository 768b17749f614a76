"""followme: a weekly reflection journal in the terminal for people who lead a team."""

__version__ = "0.1.0"
