"""The shell: HTTP, cookies, files, clock, mail and paper around the domain."""
