"""TOML files that a person writes: read within limits, with every fault at its line."""

MAX_BYTES = 1_000_000
"""The most bytes of such a file that are read."""
