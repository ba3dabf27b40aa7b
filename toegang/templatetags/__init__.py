"""Words and questions for the templates of getting in."""
