"""Lets the service start its own parts: python -m app.cli serve."""

from app.cli import main

main()
