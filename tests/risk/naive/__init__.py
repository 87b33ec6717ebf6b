"""A second implementation of the instruments, slow and plain, written from the specification alone.

It reads none of the definition files and shares no code with the engine: every number is written again.
"""
