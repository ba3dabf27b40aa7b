"""How people and programs get in: signing in, second factors, sessions, invitations, keys."""
