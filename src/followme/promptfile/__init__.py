"""Prompt set files: finding them, reading them with every fault at its place, and writing a plan back."""
