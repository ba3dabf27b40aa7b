"""Pages of the table: each file holds those of one place."""
