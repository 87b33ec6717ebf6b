"""When a document is not made."""


class RenderRefused(Exception):
    """The drawing engine complained about a document; the message is its complaints, for tests only."""
