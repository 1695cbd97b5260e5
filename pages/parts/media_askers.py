"""Who asks: the journalists and outlets found for what is typed, and which of them is taken.

The hits stand apart from the fields, so that Tab goes from field to field; a hit that was not on the screen yet is never taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2s

import streamlit as st

from crm.context import Context
from crm.i18n import t
from crm.media.queries import JournalistHit, OutletHit, find_journalists, find_outlets
from crm.media.rules import Medium
from pages.parts.plain import escaped

NEW = 0  # no row has it: what was typed is a new name


@dataclass(frozen=True)
class Asker:
    """What the form means now. Ids are None and names "" where nothing is meant.

    `medium` is the outlet's usual one. `were_shown`: the hits stood on the screen before whatever was pressed in this run.
    """

    journalist_id: int | None
    journalist: str
    outlet_id: int | None
    outlet: str
    medium: Medium | None
    were_shown: bool

    @property
    def name(self) -> str:
        return ", ".join(part for part in (self.journalist, self.outlet) if part)


def choose_asker(
    ctx: Context, journalist: str, outlet: str, *, token: str, kept: tuple[int | None, int | None] = (None, None)
) -> Asker:
    """`kept` has the ids a draft or a record was left with; otherwise the best hit is the chosen one."""
    journalists = find_journalists(ctx, journalist)
    outlets = find_outlets(ctx, outlet)
    were_shown = st.session_state.get(f"shown-askers-{token}") == (journalist, outlet)
    st.session_state[f"shown-askers-{token}"] = (journalist, outlet)
    person = _choose_journalist(journalists, journalist, token=token, kept=kept[0])
    place = _choose_outlet(outlets, outlet, token=token, kept=kept[1])
    if place is None and not outlet.strip() and person is not None:
        place = person.outlet
    return Asker(
        journalist_id=person.id if person else None,
        journalist=person.name if person else journalist.strip(),
        outlet_id=place.id if place else None,
        outlet=place.name if place else outlet.strip(),
        medium=place.medium if place else None,
        were_shown=were_shown or not (journalists or outlets),
    )


def _choose_journalist(
    hits: Sequence[JournalistHit], typed: str, *, token: str, kept: int | None
) -> JournalistHit | None:
    labels = {hit.id: hit.name for hit in hits}
    captions = [escaped(hit.outlet.name) if hit.outlet else t("uten redaksjon") for hit in hits]
    chosen = _choose(t("Hvilken journalist?"), labels, captions, typed, key=f"journalists-{token}", kept=kept)
    return next((hit for hit in hits if hit.id == chosen), None)


def _choose_outlet(hits: Sequence[OutletHit], typed: str, *, token: str, kept: int | None) -> OutletHit | None:
    labels = {hit.id: hit.name for hit in hits}
    chosen = _choose(t("Hvilken redaksjon?"), labels, ["" for _ in hits], typed, key=f"outlets-{token}", kept=kept)
    return next((hit for hit in hits if hit.id == chosen), None)


def _choose(
    label: str, labels: dict[int, str], captions: Sequence[str], typed: str, *, key: str, kept: int | None
) -> int | None:
    """The key holds what was typed: with another text the first hit is the chosen one again."""
    if not labels:
        return None
    options = [*labels, NEW]
    return st.radio(
        label,
        options,
        index=options.index(kept) if kept in options else 0,
        format_func=lambda option: escaped(labels[option]) if option else t("Ingen av disse"),
        captions=[*captions, escaped(t("«{typed}» legges til som ny", typed=typed.strip()))],
        key=f"{key}-{blake2s(typed.encode(), digest_size=6).hexdigest()}",
    )
