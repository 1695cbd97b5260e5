"""One attachment, sent to whoever may see records. Nothing in it ever runs here: not as a page, not in a page.

A PDF is the one kind without `sandbox` in its policy: the browsers' own viewers do not start in one. They run what a PDF may hold
in a sandbox of their own, and `default-src 'none'` leaves the document nothing to fetch or send.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from crm.attachments.kinds import PDF
from crm.attachments.queries import AttachmentFile, attachment_file
from crm.context import Context
from crm.errors import NotAllowed, NotFound, SignedOut
from crm.users.sessions import actor_for_session
from streamlit_config.entrance import Entrance, in_thread, route
from streamlit_config.navigation import attachment_address

_CLOSED = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
POLICY = f"{_CLOSED}; style-src 'unsafe-inline'; img-src 'self'; sandbox"
POLICY_OF_PDF = f"{_CLOSED}; style-src 'unsafe-inline'; object-src 'self'"

_AN_ADDRESS = re.compile(r"[A-Za-z0-9_-]{1,43}")


def attachment_route(entrance: Entrance) -> Route:
    """All that lies below the address is ours to answer: Streamlit would give its start page to what we do not know."""
    return route(entrance, attachment_address("{address:path}"), {"GET": _send, "HEAD": _send})


async def _send(entrance: Entrance, request: Request) -> Response:
    try:
        found = await in_thread(_asked_for, entrance, request)
    except NotFound:
        return PlainTextResponse("404", status_code=404)
    except NotAllowed:
        return PlainTextResponse("403", status_code=403)
    except SignedOut:  # since the gate let it through
        return PlainTextResponse("401", status_code=401)
    policy = POLICY_OF_PDF if found.may_be_shown and found.media_type == PDF else POLICY
    headers = {"Content-Disposition": _disposition(found), "Content-Security-Policy": policy}
    return Response(found.content, media_type=found.media_type, headers=headers)


def _asked_for(entrance: Entrance, request: Request) -> AttachmentFile:
    signed_in = entrance.who(request)
    actor = actor_for_session(entrance.database, signed_in.session_id, entrance.clock()) if signed_in else None
    if actor is None:
        raise SignedOut
    asked = request.path_params["address"]
    if not _AN_ADDRESS.fullmatch(asked):  # PostgreSQL takes no text with a zero in it
        raise NotFound(kind="attachment")
    return attachment_file(Context(actor, entrance.database, entrance.clock()), asked)


def _disposition(found: AttachmentFile) -> str:
    """Old browsers read the plain name, all others the other one."""
    way = "inline" if found.may_be_shown else "attachment"
    plain = "".join(letter if letter.isascii() and letter.isprintable() else "_" for letter in found.name)
    plain = plain.replace("\\", "_").replace('"', "_").replace("%", "_")
    return f"{way}; filename=\"{plain}\"; filename*=UTF-8''{quote(found.name, safe='')}"
