"""Who sees what: every address, every role, every level and embargo."""
