"""The nouns of the log."""
