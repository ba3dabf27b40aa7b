"""Stories per role: the real product (own process, own database, own worker) in a real browser."""
