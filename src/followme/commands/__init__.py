"""The verbs: one module each, and beside them what several verbs share."""
