"""A file goes to nobody without a session, to no reader, and never as something that runs."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx
import pytest

from crm.attachments.commands import add_attachment
from crm.attachments.forms import NewFile
from crm.attachments.queries import attachments_of
from crm.context import Actor, Context
from crm.records import Kind, Record
from db.models.organisations import Organisation, OrganisationKind
from db.models.users import Role, User
from streamlit_config.navigation import attachment_address
from tests.gate.serving import Served

PDF, PNG = b"%PDF-1.7\n1 0 obj", b"\x89PNG\r\n\x1a\n\x00\x00"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
SCRIPTED = b"<!doctype html><script>alert(1)</script>"


def hung(served: Served, name: str, content: bytes) -> str:
    """A file on a house of its own; its address."""
    user, now = served.add("Kari Nordmann"), datetime.now(UTC)
    keys = dict.fromkeys(("name", "sort_key", "search_key", "loose_key"), "Fjordglimt kulturhus")
    with served.database.writing() as session:
        row = Organisation(kind=OrganisationKind.HOUSE, created_at=now, **keys)
        session.add(row)
        session.flush()
        house = Record(Kind.ORGANISATION, row.id)
    ctx = Context(Actor(user, "Kari Nordmann", Role.COLLEAGUE), served.database, now)
    add_attachment(ctx, house, NewFile.checked(name=name, content=content))
    return attachment_address(attachments_of(ctx, house)[0].address)


def fetched(served: Served, path: str, *, role: Role = Role.COLLEAGUE, method: str = "GET") -> httpx.Response:
    with served.client(served.sign_in(served.add("Ola Nordmann", role))) as client:
        return client.request(method, path)


SENT = [
    # name, content, the type it is sent as, how
    ("avtale.pdf", PDF, "application/pdf", "inline"),
    ("sal.png", PNG, "image/png", "inline"),
    ("sal.png", SVG, "text/plain", "attachment"),
    ("logo.svg", SVG, "text/plain", "attachment"),
    ("side.html", SCRIPTED, "text/plain", "attachment"),
    ("avtale.pdf", b"MZ\x90\x00" + PDF, "application/octet-stream", "attachment"),
]


@pytest.mark.parametrize(("name", "content", "kind", "way"), SENT)
def test_a_file_is_sent_as_what_it_is_and_nothing_in_it_may_run(
    name: str, content: bytes, kind: str, way: str, served: Served
) -> None:
    answer = fetched(served, hung(served, name, content))
    assert (answer.status_code, answer.content) == (200, content)
    assert answer.headers["content-type"].partition(";")[0] == kind
    assert answer.headers["content-disposition"].startswith(f"{way}; ")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "script-src" not in policy
    assert "frame-ancestors 'none'" in policy
    assert policy.endswith("sandbox") is (kind != "application/pdf")


def test_a_name_in_norwegian_and_one_with_tricks_reach_the_browser_whole(served: Served) -> None:
    sent = fetched(served, hung(served, 'Årsmøte "2026"; filename=x.exe\r\nSet-Cookie: a=b.pdf', PDF))
    assert sent.headers["content-disposition"] == (
        'inline; filename="_rsm_te _2026_; filename=x.exe Set-Cookie_ a=b.pdf"; '
        "filename*=UTF-8''%C3%85rsm%C3%B8te%20_2026_%3B%20filename%3Dx.exe%20Set-Cookie_%20a%3Db.pdf"
    )
    assert "set-cookie" not in sent.headers


def test_without_a_session_or_with_a_made_up_one_nothing_comes(served: Served) -> None:
    path = hung(served, "avtale.pdf", PDF)
    for token in (None, "x" * 43):
        with served.client(token) as client:
            answer = client.get(path, headers={"Accept": "text/html"})
        assert (answer.status_code, answer.content) == (401, b"401")


def test_the_public_id_of_a_session_opens_nothing(served: Served) -> None:
    path = hung(served, "avtale.pdf", PDF)
    with served.client(None, **{"X-Kulturcrm-Session": "forged"}) as client:
        assert client.get(path).status_code == 401


def test_the_board_reads_no_files(served: Served) -> None:
    answer = fetched(served, hung(served, "avtale.pdf", PDF), role=Role.READER)
    assert (answer.status_code, answer.content) == (403, b"403")


def test_a_colleague_who_was_shut_out_gets_nothing_more(served: Served) -> None:
    path, user = hung(served, "avtale.pdf", PDF), served.add("Sperret Bruker")
    with served.client(served.sign_in(user)) as client:
        assert client.get(path).status_code == 200
        with served.database.writing() as session:
            session.get_one(User, user).is_active = False
        assert client.get(path).status_code == 401


@pytest.mark.parametrize(
    "below",
    [
        "",
        "finnesikke",
        "..%2f..%2fhealthz",
        "%2e%2e/%2e%2e/healthz",
        "a/b",
        "%00",
        "%c3%a5",
        "'--",
    ],
)
def test_tricks_with_the_path_find_no_file(below: str, served: Served) -> None:
    with served.client(served.sign_in(served.add("Ola Nordmann"))) as client:
        answer = client.get(
            httpx.URL(served.address + "/kulturcrm/vedlegg/", raw_path=f"/kulturcrm/vedlegg/{below}".encode())
        )
    assert answer.status_code in {400, 404}  # Streamlit itself refuses some before we are asked
    assert len(answer.content) < 20


def test_a_file_is_only_read_here(served: Served) -> None:
    path = hung(served, "avtale.pdf", PDF)
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert fetched(served, path, method=method).status_code == 405
    head = fetched(served, path, method="HEAD")
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(PDF)))
