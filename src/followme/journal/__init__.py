"""The journal file: reading it block by block, adding to it without ever losing a word, and the drafts."""
