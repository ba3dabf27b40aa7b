"""The Landelijke Regietafel: its meetings, what was said, decided and promised there, and the papers of it."""
