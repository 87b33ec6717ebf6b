"""Every setting is documented, and keys never lie with the data."""

import re
from pathlib import Path

from app.settings import Settings

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "settings.md").read_text()


def test_every_setting_is_documented_and_nothing_else() -> None:
    documented = re.findall(r"^\| `([A-Z_]+)` \|", PAGE, re.MULTILINE)
    assert documented == [
        "DATABASE_URL",
        "MARAC_OWNER_URL",
        "MARAC_DATA",
        "MARAC_KEY_FILE",
        "MARAC_HOST",
        "MARAC_PORT",
        "MARAC_PUBLIC_URL",
        "MARAC_TRUSTED_PROXIES",
        "MARAC_POOL_SIZE",
        "MARAC_LOG_LEVEL",
    ]
    assert len(Settings.model_fields) == len(documented)
    for name, field in Settings.model_fields.items():
        assert field.validation_alias == "DATABASE_URL" or f"MARAC_{name.upper()}" in documented
        assert field.description in PAGE.replace("`", "")


def test_the_key_lies_beside_the_data_and_never_inside(tmp_path: Path) -> None:
    assert Settings(data=tmp_path / "data").sealing_key == tmp_path / "data-keys" / "sealing.key"
    assert Settings(data=tmp_path / "data", key_file=Path("/keys/a.key")).sealing_key == Path("/keys/a.key")


def test_the_address_is_localhost_unless_said_otherwise() -> None:
    assert Settings(port=8123).address == "http://localhost:8123"
    assert Settings(public_url="https://ashmere.example/").address == "https://ashmere.example"
