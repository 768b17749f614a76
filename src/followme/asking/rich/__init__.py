"""The asker for a full terminal: its prompt, its keys, its footer, and how rows are wrapped."""
