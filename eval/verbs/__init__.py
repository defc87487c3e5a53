"""The verbs of `delo eval`, a module each; each is imported when it is used."""
