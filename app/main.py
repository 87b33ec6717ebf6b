"""The web service: every page and API module, put together."""

import importlib
import pkgutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

from fastapi import APIRouter, Depends, FastAPI
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session, sessionmaker

import app.api
import app.pages
from app import db, errors, keys
from app.assets import mount_static
from app.auth.passwords import check_floor
from app.auth.who import current_user
from app.middleware import Around
from app.settings import Settings
from conferences.sealing import Keyring


def utc_now() -> datetime:
    """Returns the present moment."""
    return datetime.now(UTC)


def create_app(
    settings: Settings,
    *,
    sessions: sessionmaker[Session],
    keyring: Keyring,
    clock: Callable[[], datetime] = utc_now,
) -> FastAPI:
    """Returns the service on a database; starting it raises NotFit unless it is safe to serve."""
    made = FastAPI(
        title="Referrals, conferences and actions",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=_checked_start,
        redirect_slashes=False,
    )
    made.state.settings, made.state.sessions = settings, sessions
    made.state.keyring, made.state.clock = keyring, clock
    for router, is_api in routers():
        made.include_router(router, include_in_schema=is_api)
    _openapi_for_the_signed_in(made)
    mount_static(made)
    errors.install(made)
    made.add_middleware(Around)
    return made


def connect(settings: Settings, url: str) -> FastAPI:
    """Returns the service on the database at an address, with the key from its file."""
    keyring = keys.read_keyring(settings.sealing_key)
    engine = db.engine_for(url, pool_size=settings.pool_size)
    return create_app(settings, sessions=db.session_factory(engine, keyring), keyring=keyring)


def routers() -> list[tuple[APIRouter, bool]]:
    """Returns the router of every module of pages and of the API, and whether it is of the API."""
    packages = ((app.pages, False), (app.api, True))
    return [(module.router, is_api) for package, is_api in packages for module in _modules(package)]


def _modules(package: ModuleType) -> list[ModuleType]:
    names = sorted(found.name for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."))
    loaded = [importlib.import_module(name) for name in names]
    return [module for module in loaded if hasattr(module, "router")]


def _openapi_for_the_signed_in(made: FastAPI) -> None:
    @made.get("/api/v1/openapi.json", dependencies=[Depends(current_user)], include_in_schema=False)
    def describe() -> dict[str, Any]:
        return made.openapi()


@asynccontextmanager
async def _checked_start(made: FastAPI) -> AsyncIterator[None]:
    check_floor()
    bind: Engine | Connection = made.state.sessions.kw["bind"]
    if isinstance(bind, Engine):
        with bind.connect() as connection:
            db.check_database(connection)
    yield
    if isinstance(bind, Engine):
        bind.dispose()
