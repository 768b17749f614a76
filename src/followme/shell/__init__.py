"""Code that verbs share: the way to the journal, filters, presenting, the editor, files that a person names."""
