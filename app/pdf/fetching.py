"""What a document may load while it is drawn: our own typefaces, pictures and style sheet, nothing else."""

from io import BytesIO
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from urllib.request import url2pathname

from weasyprint.urls import URLFetcher, URLFetcherResponse

HOUSE: Final = Path(__file__).resolve().parent.parent.parent
PDF_TEMPLATES: Final = HOUSE / "templates" / "pdf"
ROOTS: Final = (PDF_TEMPLATES, HOUSE / "app" / "static" / "fonts")
KINDS: Final = {".woff": "font/woff", ".svg": "image/svg+xml", ".css": "text/css"}


class PackagedOnly(URLFetcher):  # type: ignore[misc]
    """A fetcher that opens packaged files itself and has no way to reach a network.

    A plain function is not enough: WeasyPrint 70 only respects refusals of a subclass.
    """

    def __init__(self) -> None:
        super().__init__(timeout=1, allowed_protocols={"file"}, allow_redirects=False)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Give the bytes of a packaged file; raises ValueError for everything else."""
        path = packaged(url)
        return URLFetcherResponse(url, BytesIO(path.read_bytes()), {"Content-Type": KINDS[path.suffix]})


def packaged(url: str) -> Path:
    """Find the packaged file an address means; raises ValueError when it is not one of ours."""
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc:
        raise ValueError("Only packaged files are loaded")
    path = Path(url2pathname(parts.path)).resolve()
    if path.suffix not in KINDS or not any(path.is_relative_to(root) for root in ROOTS):
        raise ValueError("Only packaged files are loaded")
    return path
