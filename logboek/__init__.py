"""What happened here, by whom, from where: written once, never changed, and seen to be whole."""
