"""The nouns of getting in."""
