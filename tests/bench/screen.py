"""A browser's half of Streamlit's conversation, without the browser: one websocket, reruns, widgets by label."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any, Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

BROKEN, GOES_ON = 1, 2  # ScriptFinishedStatus: a script that does not compile; a run that another one follows at once


@dataclass
class Widget:
    id: str
    fragment: str


@dataclass
class Screen:
    """`widgets` by label, of the runs so far. `run` returns milliseconds from sending to the run's end."""

    url: str
    path: str = ""
    cookie: str = ""
    widgets: dict[str, Widget] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    errors: int = 0
    page_hash: str = ""
    query: str = ""  # of the address: ours at first, then what the server made of it

    def __enter__(self) -> Self:
        self.socket = connect(
            self.url.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            origin=self.url,  # type: ignore[arg-type]
            additional_headers={"Cookie": self.cookie} if self.cookie else {},
            max_size=None,
        )
        self.query = self.path.partition("?")[2]
        self.run()
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def click(self, label: str, **typed: str) -> float:
        """`typed`: values of other widgets in the same message, as a browser sends them with the click."""
        return self.run(clicked=self.widgets[label], typed=typed)

    def type(self, label: str, text: str, **typed: str) -> float:
        return self.run(typed={label: text, **typed}, within=self.widgets[label].fragment)

    def run(self, *, clicked: Widget | None = None, typed: dict[str, str] | None = None, within: str = "") -> float:
        message = BackMsg()
        rerun = message.rerun_script
        rerun.page_name, rerun.query_string = self.path.lstrip("/").partition("?")[0], self.query
        rerun.page_script_hash = self.page_hash
        rerun.fragment_id = clicked.fragment if clicked else within
        rerun.context_info.timezone, rerun.context_info.locale = "Europe/Oslo", "nb-NO"
        for label, text in (typed or {}).items():
            state = rerun.widget_states.widgets.add()
            state.id, state.string_value = self.widgets[label].id, text
        if clicked:
            state = rerun.widget_states.widgets.add()
            state.id, state.trigger_value = clicked.id, True
        began = time.perf_counter()
        self.socket.send(message.SerializeToString())
        while not self._take(ForwardMsg.FromString(self.socket.recv())):  # type: ignore[arg-type]
            pass
        return (time.perf_counter() - began) * 1000

    def _take(self, message: Any) -> bool:
        """True when the run is over."""
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.texts.clear()
        elif kind == "navigation":
            self.page_hash = message.navigation.page_script_hash  # a new session names the entry script alone
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._see(message.delta.new_element, message.delta.fragment_id)
        self.errors += kind == "script_finished" and message.script_finished == BROKEN
        return kind == "script_finished" and message.script_finished != GOES_ON

    def _see(self, element: Any, fragment: str) -> None:
        kind = element.WhichOneof("type")
        shown = getattr(element, kind) if kind else None
        if kind == "exception":
            self.errors += 1
        if kind in {"button", "text_input", "text_area"}:
            self.widgets[shown.label] = Widget(shown.id, fragment)
        if kind in {"text", "markdown", "alert"}:
            self.texts.append(getattr(shown, "body", ""))
