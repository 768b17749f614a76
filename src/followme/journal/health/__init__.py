"""The health of the journal: what is wrong with it and around it, and how it is repaired."""
