"""The verbs, one module each; home and the groups have theirs beside them."""
