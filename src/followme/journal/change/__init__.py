"""Changing the journal: backups, rewriting, and replacing one file with another."""
