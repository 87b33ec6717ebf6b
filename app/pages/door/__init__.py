"""Coming in: signing in, help, and whether the service is alive."""
