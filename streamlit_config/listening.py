"""The socket we listen on, and sending without waits.

Streamlit makes a socket without saying TCP, and asyncio sets TCP_NODELAY only where the protocol number says so: each rerun then
waited 40 ms for the browser's delayed acknowledgement. Connections inherit the protocol from the listening socket.
"""

from __future__ import annotations

import errno
import os
import socket

from streamlit.runtime import runtime

from crm.i18n import t
from crm.settings import Settings
from streamlit_config.safe_settings import CannotStart

BACKLOG = 256


def listening_socket(settings: Settings) -> socket.socket:
    """Bound and listening, so that a taken port is known before anything else is started."""
    family = socket.AF_INET6 if ":" in settings.address else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name != "nt":  # on Windows this would let two programs have one port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.address, settings.port))
    except OSError as error:
        listener.close()
        raise _cannot_listen(settings, error) from error
    listener.listen(BACKLOG)
    listener.setblocking(False)
    return listener


def send_at_once() -> None:
    """What is drawn goes out as it comes. Streamlit rests 5 ms after each sending, and a screen of ours has two or three.

    It has no option for it, only this constant; see docs/decisions/0071.
    """
    setattr(runtime, "MESSAGE_FLUSH_INTERVAL_SECS", 0.0)  # noqa: B010 - the constant is final to mypy


def _cannot_listen(settings: Settings, error: OSError) -> CannotStart:
    if error.errno == errno.EADDRINUSE:
        said = t(
            "Port {port} er i bruk. Kjører kulturcrm allerede? Ellers velg en annen: kulturcrm serve --port {other}",
            port=settings.port,
            other=settings.port + 1 if settings.port < 65535 else settings.port - 1,
        )
        return CannotStart("port_in_use", said)
    if error.errno == errno.EACCES:
        said = t("Denne maskinen lar deg ikke bruke port {port}. Velg en over 1024.", port=settings.port)
        return CannotStart("port_forbidden", said)
    return CannotStart("address_unknown", t("Maskinen har ikke adressen {address}.", address=settings.address))
