"""A browser that notices what a page must never do: complain, ask elsewhere, keep anything."""

from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PHONE, DESK, NARROW = (390, 844), (1366, 768), (320, 640)
# Chromium itself says this of every page that answers 403, 404 or 422, which is what was asked for.
EXPECTED = "Failed to load resource: the server responded with a status of 4"
# Milliseconds, and bytes a second.
SLOW = {"offline": False, "latency": 5, "downloadThroughput": 60_000, "uploadThroughput": 100_000}
AXE = Axe().axe_script
_WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def chromium(playwright: Playwright) -> Browser:
    """Starts Debian's Chromium."""
    return playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)


def window(
    browser: Browser, cookie: dict[str, Any] | None, size: tuple[int, int], *, scripts: bool = True
) -> BrowserContext:
    """Opens a window that knows nothing but, perhaps, who signed in."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        java_script_enabled=scripts,
        locale="en-GB",
        timezone_id="Europe/London",
        reduced_motion="reduce",
        accept_downloads=True,
    )
    context.set_default_timeout(20_000)
    if cookie:
        context.add_cookies([cookie])  # type: ignore[list-item]
    return context


@dataclass
class Watched:
    """A page and what it was heard to complain of."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Starts listening."""
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        self.page.on("request", self._asked)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(EXPECTED):
            self.complaints.append(f"{message.type}: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.address + "/", "data:")):
            self.complaints.append(f"asked elsewhere: {request.url}")

    def resize(self, size: tuple[int, int]) -> None:
        """Makes the window as large as a phone or a desk allows."""
        self.page.set_viewport_size({"width": size[0], "height": size[1]})

    def slow_down(self) -> None:
        """Gives the page a line as slow as a telephone's with poor reception: pages arrive piece by piece."""
        line = self.page.context.new_cdp_session(self.page)
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", SLOW)

    def barriers(self) -> list[str]:
        """Returns what axe-core finds on the page as it stands, one line each."""
        if self.page.evaluate("typeof axe === 'undefined'"):
            self.page.evaluate(AXE)
        found = self.page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        return [
            f"{rule['id']}: {rule['help']}: {' | '.join(node['html'][:160] for node in rule['nodes'][:4])}"
            for rule in found
        ]

    def keeps(self) -> int:
        """Returns how many things the page keeps in the browser's own stores."""
        count = self.page.evaluate("localStorage.length + sessionStorage.length")
        assert isinstance(count, int)
        return count

    def spills(self) -> bool:
        """Says whether the page is wider than the window."""
        wider = self.page.evaluate(_WIDER)
        assert isinstance(wider, bool)
        return wider
