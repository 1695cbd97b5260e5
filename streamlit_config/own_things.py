"""Uploads and downloads belong to the session whose screen made them, not to whoever knows their address.

Streamlit checks neither: a known screen id is enough to upload to it, and a media address is served to anybody. The screen's
owner is read from the websocket it hangs on, which bears the header that the gate has set.
"""

from __future__ import annotations

import asyncio
from pathlib import PurePosixPath

from streamlit import runtime

OWNER_HEADER = "x-kulturcrm-session"
UPLOADS = "/_stcore/upload_file/"
RUN_MAY_TAKE_SECONDS, LOOK_EVERY_SECONDS = 2.0, 0.05


def may_touch_upload(path: str, session_id: str) -> bool:
    if not path.startswith(UPLOADS):
        return True
    screen_id = path.removeprefix(UPLOADS).partition("/")[0]
    return _owner(screen_id) == session_id


async def may_fetch_media(path: str, session_id: str) -> bool:
    """False while other people's screens show the file and none of ours does.

    A run forgets its screen's files and registers them anew, and the click on a download button starts a run and the download at
    once: so look again for as long as a run may take.
    """
    file_id = PurePosixPath(path).stem
    for _ in range(int(RUN_MAY_TAKE_SECONDS / LOOK_EVERY_SECONDS)):
        owners = _owners_of_media(file_id)
        if not owners or session_id in owners:
            return True
        await asyncio.sleep(LOOK_EVERY_SECONDS)
    return False


def _owners_of_media(file_id: str) -> set[str | None]:
    """Streamlit has no public question for this. Its lists are changed by script threads: look at copies."""
    by_screen = runtime.get_instance().media_file_mgr._files_by_session_and_coord
    return {_owner(screen_id) for screen_id, files in list(by_screen.items()) if file_id in list(files.values())}


def _owner(screen_id: str) -> str | None:
    """The session a screen was opened with; None when it hangs on no websocket any more."""
    client = runtime.get_instance().get_client(screen_id)
    if client is None or client.client_context is None:
        return None
    return dict(client.client_context.headers).get(OWNER_HEADER)
