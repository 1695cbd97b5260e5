"""Under which names we answer, and whether a request comes from a page of ours."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
WEBSOCKET_TO_HTTP = {"ws": "http", "wss": "https"}


@dataclass(frozen=True)
class AllowedHosts:
    """Names a browser may call us by. Another name in the Host header is a page elsewhere that pointed its name at us."""

    names: frozenset[str]

    def allows(self, host: str | None) -> bool:
        parts = _parsed(f"//{host}") if host else None
        return parts is not None and (parts.hostname or "").rstrip(".") in self.names


def is_same_origin(scope: Scope, headers: Headers) -> bool:
    """Whether Origin names the very scheme, host and port that were called. A missing or "null" Origin is foreign."""
    origin, host = headers.get("origin"), headers.get("host")
    if not origin or not host:
        return False
    scheme = WEBSOCKET_TO_HTTP.get(scope["scheme"], scope["scheme"])
    return origin.lower() == f"{scheme}://{host}".lower()


def _parsed(url: str) -> SplitResult | None:
    """None for what is no plain host with an optional port."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return None if parts.username or parts.path or parts.query or parts.fragment else parts
