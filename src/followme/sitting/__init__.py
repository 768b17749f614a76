"""One reflection, from the offer to "Saved": choosing, planning, conversing, batch, the summary, finishing."""
