"""Whatever people write somewhere can be found, or there is a reason why not; and nothing gets past the search index."""

from __future__ import annotations

import ast
import re
import sys

from sqlalchemy import Enum, String

import db.models  # noqa: F401 - fills the metadata
from crm import facets
from crm.touched import watched_tables
from db.base import Base
from tests.house_rules.source import called, python_files, shown, tree

# By table, or by a column of one.
NOT_SEARCHED = {
    "attachments.address": "random",
    "attachments.media_type": "no words",
    "attachments.sha256": "no words",
    "audit_entries": "the change log has a screen of its own",
    "body_seats": "a handful, shown with the body",
    "contact_points.label": "mobile, work and the like",
    "data_versions": "no words",
    "do_not_contacts": "a wish, told where the person is",
    "failed_sign_ins": "secrets",
    "goals": "the plan is one screen",
    "import_batches": "about files",
    "import_profiles": "no words",
    "import_rows": "a report of its own; the persons and houses are found by their names",
    "mailing_list_members": "the persons are found by their names",
    "mailing_lists": "a handful, on one screen",
    "measures": "the plan is one screen",
    "moved_records.table_name": "no words",
    "one_time_links": "secrets",
    "organisations.governs_number": "found by the authority's name",
    "organisations.owner_form": "a filter",
    "organisations.owner_municipality_number": "a filter",
    "persons.languages": "codes",
    "plans": "the plan is one screen",
    "posts.party": "a special category: nobody looks people up by it",
    "posts.party_source": "where the party was read",
    "readings": "the plan is one screen",
    "selections": "a handful, on one screen",
    "sessions": "secrets",
    "settings": "not written by hand",
    "suppressions": "made so that nobody is found",
    "sub_goals": "the plan is one screen",
    "topics": "a filter: a whole topic would drown what was meant",
    "undo_batches": "no words",
    "undo_steps": "what was; rows come back by themselves",
    "users": "colleagues",
}
# Numbers are asked for, and steps noted, past the session; rows are put back through it.
UNDO = {"crm/undo/images.py", "crm/undo/journal.py"}
# The keys that stand beside a text, and the tokens of forms.
DERIVED = {"sort_key", "search_key", "loose_key", "token"}


def searched() -> set[str]:
    found = set()
    for name, watched in watched_tables().items():
        read = {
            column for (owner, _), columns in watched.owners.items() if isinstance(owner, int) for column in columns
        }
        found |= {f"{name}.{column}" for column in read | {link.text for link in watched.links}}
    return found


def texts() -> set[str]:
    return {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, String) and not isinstance(column.type, Enum) and column.name not in DERIVED
    }


def test_every_text_is_searched_or_there_is_a_reason_why_not() -> None:
    """Give a new one a `Line` in its feature's `searchable()`, or say here why nobody looks for it."""
    missing = {text for text in texts() - searched() if not {text, text.partition(".")[0]} & set(NOT_SEARCHED)}
    assert missing == set()


def test_no_reason_is_left_over() -> None:
    assert set(NOT_SEARCHED) - {text.partition(".")[0] for text in texts()} - texts() == set()
    assert set(NOT_SEARCHED) & searched() == set()


def test_nobody_writes_where_the_index_does_not_see_it() -> None:
    """Sessions come from `ctx.write`; signing in opens its own, and its tables have no words."""
    unseen = re.compile(r"\.(connection|bulk_\w+|begin|writing)$")
    derived = {"crm/search/behind.py", "crm/search/index.py", "crm/timeline/last_contacts.py"}
    allowed = {"crm/context.py", *derived, *UNDO, "crm/users/sessions.py", "crm/users/sign_in.py"}
    found = {
        shown(path) for path in python_files("crm") if any(unseen.search(called(node)) for node in ast.walk(tree(path)))
    }
    assert found - allowed == set()


def test_a_feature_with_happenings_says_where_they_stand() -> None:
    """Or when an organisation was last in touch would not follow them."""
    for happenings in facets.HAPPENINGS:
        traces = sys.modules[happenings.__module__].TRACES
        assert traces, happenings.__module__
        assert set(traces) <= set(facets.TRACES), happenings.__module__
