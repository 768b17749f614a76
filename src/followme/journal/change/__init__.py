"""Changing what is in the journal already: backups, rewriting, and putting one file in another's place."""
