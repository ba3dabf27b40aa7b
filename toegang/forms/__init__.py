"""What people fill in to get in, or to let a program in."""
