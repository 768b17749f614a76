"""One reflection, from the offer to "Saved": choosing, planning, asking, answers from a file, summary, saving."""
