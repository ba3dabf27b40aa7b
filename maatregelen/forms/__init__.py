"""What people may fill in. Each room holds the forms of one kind of work; they check, and change nothing."""
