"""Settings that would leave the door open stop the start, each with one line that says what to do."""

from __future__ import annotations

from ipaddress import ip_address

from crm.errors import CrmError
from crm.i18n import t
from crm.settings import Settings
from streamlit_config.hosts import LOOPBACK_NAMES, AllowedHosts


class CannotStart(CrmError):
    """`said` is the line for the terminal."""

    def __init__(self, code: str, said: str) -> None:
        super().__init__(code)
        self.said = said

    def __str__(self) -> str:
        return self.said


def require_safe(settings: Settings) -> None:
    """Raises `CannotStart` for the first unsafe setting."""
    _require_tls_files(settings)
    _require_plain_names(settings)
    is_open_to_others = not is_loopback(settings.address)
    if is_open_to_others and not settings.tls_certificate:
        raise CannotStart(
            "address_without_tls",
            t(
                "CRM_ADDRESS={address} gjør kulturcrm synlig for andre maskiner, og da ville passord gått i klartekst. "
                "Sett CRM_TLS_CERTIFICATE og CRM_TLS_KEY, eller bruk 127.0.0.1 bak en proxy som tar seg av TLS "
                "(CRM_BEHIND_PROXY=1).",
                address=settings.address,
            ),
        )
    if (is_open_to_others or settings.behind_proxy) and not settings.allowed_hosts:
        raise CannotStart(
            "hosts_not_said",
            t("Si hvilke navn kulturcrm svarer på, for eksempel CRM_ALLOWED_HOSTS='[\"crm.kulturhuset.example\"]'."),
        )


def is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


def speaks_tls(settings: Settings) -> bool:
    """Whether browsers reach us over TLS, ended here or by the proxy in front."""
    return settings.behind_proxy or settings.tls_certificate is not None


def allowed_hosts(settings: Settings) -> AllowedHosts:
    said = frozenset(name.lower().rstrip(".") for name in settings.allowed_hosts)
    return AllowedHosts(said | LOOPBACK_NAMES if is_loopback(settings.address) else said)


def _require_tls_files(settings: Settings) -> None:
    certificate, key = settings.tls_certificate, settings.tls_key
    if (certificate is None) != (key is None):
        raise CannotStart("half_tls", t("CRM_TLS_CERTIFICATE og CRM_TLS_KEY må settes sammen."))
    for path in (certificate, key):
        if path is not None and not path.is_file():
            raise CannotStart("tls_file_missing", t("Finner ikke filen {path}.", path=path))


def _require_plain_names(settings: Settings) -> None:
    for name in settings.allowed_hosts:
        if not name or set(name) & set("*/: @"):
            raise CannotStart(
                "host_not_plain",
                t(
                    "CRM_ALLOWED_HOSTS skal ha hele navn uten stjerne, port og skråstrek; «{name}» er ikke det.",
                    name=name,
                ),
            )
