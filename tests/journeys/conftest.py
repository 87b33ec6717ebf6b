"""One running service with the fictional area for all journeys."""

from collections.abc import Iterator

import pytest

from app.embedded import Embedded
from tests.browser.serving import Served, serve_demo


@pytest.fixture(scope="session")
def service(embedded: Embedded, worker: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The running service."""
    running = serve_demo(embedded, f"journeys_{worker}", tmp_path_factory.mktemp("journeys"))
    yield running
    running.stop()
