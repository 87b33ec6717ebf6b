"""What the browser is given besides pages: style, script and icons, served from nowhere else."""

import hashlib
import re
import tarfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

STATIC: Final = Path(__file__).parent / "static"
A_YEAR: Final = "public, max-age=31536000, immutable"


@cache
def static_hash() -> str:
    """Name the present content of the static folder in 16 hexadecimal digits."""
    digest = hashlib.sha256()
    for path in sorted(p for p in STATIC.rglob("*") if p.is_file()):
        digest.update(path.relative_to(STATIC).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def asset_url(name: str) -> str:
    """Give the address of a static file; raises FileNotFoundError for one that is not there."""
    if not (STATIC / name).is_file():
        raise FileNotFoundError(name)
    return f"/static/{static_hash()}/{name}"


class _Kept(StaticFiles):
    """Static files that a browser may keep for a year, because a change of content changes their address."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if response.status_code in (200, 304):
            response.headers["Cache-Control"] = A_YEAR
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


def mount_static(app: FastAPI) -> None:
    """Serve the static folder below its hash; an address with another hash is not found."""
    files = GZipMiddleware(_Kept(directory=STATIC), minimum_size=1024)
    app.mount(f"/static/{static_hash()}", files, name="static")


@dataclass(frozen=True)
class Package:
    """One vendored package: the archive it came from and the files taken out of it."""

    name: str
    version: str
    sha256: str
    files: tuple[str, ...]


VENDORED: Final = (
    Package(
        "govuk-frontend",
        "6.3.0",
        "3d91fd1353e32e306a8ae493b44ba9c0277348b5dbc08442a3e63d822e516048",
        ("package/dist/govuk/govuk-frontend.min.css", "package/dist/govuk/govuk-frontend.min.js"),
    ),
    Package(
        "ministryofjustice-frontend",
        "11.1.0",
        "9ec6ccf0739cefee1fdc663ca61387204dcf3fd9bfcfafa8b9159d993f38984b",
        ("package/moj/moj-frontend.min.css", "package/moj/moj-frontend.min.js"),
    ),
    Package(
        "htmx.org",
        "4.0.1",
        "5fba65616ca148a86d377e9771bcada7f35faee3558651feb929eea425e13b3c",
        ("package/dist/htmx.min.js", "package/dist/ext/hx-sse.min.js", "package/LICENSE"),
    ),
)


def without_their_marks(css: str) -> str:
    """Drop the state's typeface and crest from a compiled stylesheet; make its picture addresses relative."""
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = re.sub(r"GDS Transport(,arial,sans-serif)?", "var(--om-font)", css)
    css = re.sub(r"url\(/assets/images/govuk-crest\.svg\)", "none", css)
    css = css.replace("/assets/", "./assets/")
    return re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css)


def _pictures(css: str) -> list[str]:
    return sorted(set(re.findall(r"url\(\./assets/(images/[^)]+)\)", css)))


def vendor_assets(archives: Path) -> list[str]:
    """Rewrite the vendored files from `<name>-<version>.tgz` archives in a folder; say each file written.

    For maintainers. Raises ValueError when an archive is not the pinned one. Licence texts that an archive
    lacks are kept by hand beside its files.
    """
    said = []
    for package in VENDORED:
        archive = archives / f"{package.name}-{package.version}.tgz"
        if hashlib.sha256(archive.read_bytes()).hexdigest() != package.sha256:
            raise ValueError(f"{archive.name} is not the archive that is pinned")
        folder = STATIC / "vendor" / f"{package.name}-{package.version}"
        with tarfile.open(archive) as bundle:
            said += [f"wrote {path.name}" for path in _unpack(bundle, package, folder)]
    (STATIC / "vendor" / "SHA256SUMS").write_text(vendored_sums())
    return said


def _unpack(bundle: tarfile.TarFile, package: Package, folder: Path) -> list[Path]:
    written = []
    for member in package.files:
        text = _member(bundle, member).decode()
        if member.endswith(".css"):
            text = without_their_marks(text)
            for picture in _pictures(text):
                target = folder / "assets" / picture
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(_member(bundle, f"{Path(member).parent}/assets/{picture}"))
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / Path(member).name
        target.write_text(re.sub(r"//# sourceMappingURL=\S*", "", text))
        written.append(target)
    return written


def _member(bundle: tarfile.TarFile, name: str) -> bytes:
    found = bundle.extractfile(name)
    if found is None:
        raise ValueError(f"{name} is not a file in the archive")
    return found.read()


def vendored_sums() -> str:
    """List every vendored file with its SHA-256, as `sha256sum` prints it."""
    vendor = STATIC / "vendor"
    files = sorted(p for p in vendor.rglob("*") if p.is_file() and p.name != "SHA256SUMS")
    return "".join(
        f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(vendor).as_posix()}\n" for p in files
    )
