"""Prompt set files: find them, read them with every fault at its place, and turn a set back into a table."""
