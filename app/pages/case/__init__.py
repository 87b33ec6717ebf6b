"""Cases, finding them, and asking whether somebody is known elsewhere."""
