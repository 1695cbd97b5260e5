"""The security headers of every answer. Streamlit sends none.

What Streamlit needs was found by trying: WebAssembly for Arrow, inline styles for its style library, `data:` and `blob:` for
icons and downloads, `blob:` workers for Plotly. No script comes from anywhere but ourselves, and no request leaves for elsewhere.
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Scope, Send

from streamlit_config.start_page import inline_script_hash

CACHED_FOR_EVER = "/static/"  # Streamlit's files carry a hash of their content in the name
OUR_FILES = "/kulturcrm/static/"  # asked for each time, answered with "not modified"
POLICY = "; ".join(
    (
        "default-src 'none'",
        f"script-src 'self' 'wasm-unsafe-eval' '{inline_script_hash()}'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "manifest-src 'self'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    )
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
ONE_YEAR_OF_TLS = "max-age=31536000"


def with_security_headers(scope: Scope, send: Send) -> Send:
    async def secured(message: Message) -> None:
        if message["type"] == "http.response.start":
            _secure(MutableHeaders(scope=message), scope)
        await send(message)

    return secured


def _secure(headers: MutableHeaders, scope: Scope) -> None:
    for name, value in ALWAYS.items():
        headers.setdefault(name, value)
    if scope["path"].startswith(OUR_FILES):
        headers["Cache-Control"] = "no-cache"
    elif not scope["path"].startswith(CACHED_FOR_EVER):
        headers["Cache-Control"] = "no-store"
    if scope["scheme"] == "https":
        headers["Strict-Transport-Security"] = ONE_YEAR_OF_TLS
        _mark_cookies_secure(headers)


def _mark_cookies_secure(headers: MutableHeaders) -> None:
    """Behind a proxy that speaks TLS for us, Streamlit does not know that its own cookie must not travel in clear."""
    headers.raw[:] = [
        (name, value + b"; Secure" if name == b"set-cookie" and b"secure" not in value.lower() else value)
        for name, value in headers.raw
    ]
