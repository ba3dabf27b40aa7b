"""What people fill in about the table: each file holds the forms of one place."""
