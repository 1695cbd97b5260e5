"""A setting that leaves the door open stops the start with one line in Norwegian that says what to do."""

from __future__ import annotations

from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

import pytest

from crm.settings import Settings
from streamlit_config.asgi import cookie_name, own_address, serve
from streamlit_config.hosts import AllowedHosts
from streamlit_config.safe_settings import CannotStart, allowed_hosts, require_safe

EVERYWHERE = str(IPv4Address(0))  # all addresses the machine has
NAMES = ("crm.kulturhuset.example",)


@pytest.fixture
def tls(tmp_path: Path) -> dict[str, Path]:
    for name in ("certificate.pem", "key.pem"):
        (tmp_path / name).touch()
    return {"tls_certificate": tmp_path / "certificate.pem", "tls_key": tmp_path / "key.pem"}


@pytest.mark.parametrize(
    ("unsafe", "code"),
    [
        ({"address": EVERYWHERE}, "address_without_tls"),
        ({"address": "::"}, "address_without_tls"),
        ({"address": "192.168.1.20"}, "address_without_tls"),
        ({"address": "crm.kulturhuset.example"}, "address_without_tls"),
        ({"address": EVERYWHERE, "allowed_hosts": NAMES}, "address_without_tls"),  # names alone are no lock
        (
            {"address": EVERYWHERE, "allowed_hosts": NAMES, "behind_proxy": True},
            "address_without_tls",
        ),  # nor is a promise
        ({"behind_proxy": True}, "hosts_not_said"),
        ({"allowed_hosts": ("*",)}, "host_not_plain"),
        ({"allowed_hosts": ("*.kulturhuset.example",)}, "host_not_plain"),
        ({"allowed_hosts": ("crm.kulturhuset.example:443",)}, "host_not_plain"),
        ({"allowed_hosts": ("https://crm.kulturhuset.example",)}, "host_not_plain"),
        ({"allowed_hosts": ("",)}, "host_not_plain"),
        ({"tls_certificate": Path("certificate.pem")}, "half_tls"),
        ({"tls_key": Path("key.pem")}, "half_tls"),
        ({"tls_certificate": Path("mangler.pem"), "tls_key": Path("mangler.pem")}, "tls_file_missing"),
    ],
)
def test_an_unsafe_setting_stops_the_start(unsafe: dict[str, Any], code: str) -> None:
    with pytest.raises(CannotStart) as stopped:
        require_safe(Settings(**unsafe))
    assert stopped.value.code == code
    assert "\n" not in str(stopped.value)
    assert "CRM_" in str(stopped.value) or code == "tls_file_missing"


def test_tls_without_names_is_not_enough(tls: dict[str, Path]) -> None:
    with pytest.raises(CannotStart) as stopped:
        require_safe(Settings(address=EVERYWHERE, **tls))
    assert stopped.value.code == "hosts_not_said"


def test_serve_itself_asks_before_it_touches_anything(database: Any) -> None:
    with pytest.raises(CannotStart):
        serve(Settings(address=EVERYWHERE), database)


def test_what_is_safe_starts(tls: dict[str, Path]) -> None:
    for settings in (
        Settings(),
        Settings(address="localhost"),
        Settings(address="::1"),
        Settings(behind_proxy=True, allowed_hosts=NAMES),
        Settings(address=EVERYWHERE, allowed_hosts=NAMES, **tls),
    ):
        require_safe(settings)


@pytest.mark.parametrize(
    ("host", "is_allowed"),
    [
        ("crm.kulturhuset.example", True),
        ("CRM.Kulturhuset.example:8443", True),
        ("crm.kulturhuset.example.", True),  # the same name, spelt out to the root
        ("kulturhuset.example", False),
        ("x.crm.kulturhuset.example", False),
        ("crm.kulturhuset.example@angriper.example", False),
        ("crm.kulturhuset.example:port", False),
        ("crm.kulturhuset.example/x", False),
        ("127.0.0.1:8501", False),
        ("", False),
        (None, False),
    ],
)
def test_names_are_compared_whole(host: str | None, *, is_allowed: bool) -> None:
    assert AllowedHosts(frozenset(NAMES)).allows(host) is is_allowed


def test_this_machine_is_always_a_name_when_it_listens_there(tls: dict[str, Path]) -> None:
    assert allowed_hosts(Settings()).allows("localhost:8501")
    assert allowed_hosts(Settings()).allows("[::1]:8501")
    assert not allowed_hosts(Settings(address=EVERYWHERE, allowed_hosts=NAMES, **tls)).allows("localhost")


def test_cookies_over_tls_are_bound_to_the_host(tls: dict[str, Path]) -> None:
    """The prefix makes browsers refuse the cookie from a neighbour's subdomain or over plain HTTP."""
    assert cookie_name(Settings(behind_proxy=True, allowed_hosts=NAMES)) == "__Host-kulturcrm"
    assert cookie_name(Settings(**tls)) == "__Host-kulturcrm"


def test_the_demonstration_and_the_real_one_do_not_share_a_cookie() -> None:
    assert cookie_name(Settings(port=8501)) != cookie_name(Settings(port=8502))


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        ({"port": 8501}, "http://127.0.0.1:8501"),
        ({"address": "::1"}, "http://[::1]:8501"),
        ({"behind_proxy": True, "allowed_hosts": NAMES}, "https://crm.kulturhuset.example"),
    ],
)
def test_the_address_to_type(settings: dict[str, Any], address: str) -> None:
    assert own_address(Settings(**settings)) == address
