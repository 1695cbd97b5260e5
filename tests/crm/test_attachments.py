"""Attachments: what a file is, what it may be called, where it hangs, and how it goes and comes back."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from crm.attachments.commands import add_attachment, delete_attachment, put_back_attachment
from crm.attachments.forms import MOST_BYTES, NewFile
from crm.attachments.kinds import SHOWN_INLINE, kind_of
from crm.attachments.names import LONGEST, clean_name
from crm.attachments.queries import AttachmentFile, attachment_file, attachments_of
from crm.cases.commands import undo_case
from crm.context import Context
from crm.errors import InvalidForm, NotFound, Refused
from crm.merging.commands import merge_organisations
from crm.merging.forms import MergedOrganisations
from crm.records import Kind, Record
from crm.tags.commands import change_tags
from crm.tags.forms import ChangedTags
from crm.tags.queries import tags_of
from crm.tasks.commands import add_task
from crm.tasks.forms import NewTask
from crm.tasks.queries import tasks_on
from db.models.attachments import Attachment, AttachmentContent
from db.models.house_keeping import AuditEntry
from tests.conftest import ContextFor
from tests.records import case, house, one_of_each

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"


def zipped(*names: str, first: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if first:
            archive.writestr("mimetype", first)
        for name in names:
            archive.writestr(name, "<x/>")
    return out.getvalue()


KINDS = [
    (PDF, "application/pdf"),
    (b"\n%PDF-1.7", "text/plain"),  # some viewers would take it, we do not
    (b"\x89PNG\r\n\x1a\n\x00\x00", "image/png"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
    (b"GIF89a\x01\x00", "image/gif"),
    (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "image/webp"),
    (b"RIFF\x24\x00\x00\x00WAVEfmt ", "application/octet-stream"),
    (b"II*\x00\x08\x00", "image/tiff"),
    (b"\x00\x00\x00\x18ftypheic\x00", "image/heic"),
    (b"\x00\x00\x00\x18ftypmp42\x00", "video/mp4"),
    (b"ID3\x03\x00", "audio/mpeg"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "application/x-ole-storage"),
    (zipped("[Content_Types].xml", "word/document.xml"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (zipped("xl/workbook.xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (zipped("ppt/presentation.xml"), "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (zipped("content.xml", first=b"application/vnd.oasis.opendocument.text"), "application/vnd.oasis.opendocument.text"),
    (zipped("a.html", first=b"application/vnd.oasis.opendocument.evil\r\nX: y"), "application/zip"),
    (zipped("bilder/sal.jpg"), "application/zip"),
    ("Møte på Ål\r\n\tkl. 10".encode(), "text/plain"),
    ("Møte på Ål".encode("latin-1"), "text/plain"),
    (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "text/plain"),  # never as a picture
    (b"<!doctype html><script>alert(1)</script>", "text/plain"),  # never as a page
    (b"\x7fELF\x02\x01", "application/octet-stream"),
    (b"MZ\x90\x00", "application/octet-stream"),
    (b"", "application/octet-stream"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), KINDS, ids=[str(number) for number in range(len(KINDS))])
def test_a_file_is_what_its_bytes_say(content: bytes, expected: str) -> None:
    assert kind_of(content) == expected


def test_nothing_that_runs_is_ever_shown_in_the_browser() -> None:
    assert {kind.partition("/")[2] for kind in SHOWN_INLINE} == {"pdf", "png", "jpeg", "gif", "webp"}


NAMES = [
    ("Årsmelding 2026.pdf", "Årsmelding 2026.pdf"),
    ("C:\\Users\\kari\\Skrivebord\\faktura.pdf", "faktura.pdf"),
    ("../../etc/passwd", "passwd"),
    ("regning\u202efdp.exe", "regningfdp.exe"),  # was shown as regningexe.pdf
    ("\u2066bilde\u2069\u200b.png", "bilde.png"),
    ("linje\nskift\x00\x1b[31m.txt", "linje skift[31m.txt"),
    ('a<b>c:"d|e?f*.txt', "a_b_c__d_e_f_.txt"),
    ("A\u030asgard.pdf", "Åsgard.pdf"),  # as a Mac writes it
    ("NUL.txt", "_NUL.txt"),
    ("  .. skjult. ", "skjult"),
    ("...", "vedlegg"),
    ("", "vedlegg"),
    ("mappe/", "vedlegg"),
    ("\ud800halv.txt", "halv.txt"),
    ("😀 velkommen.png", "😀 velkommen.png"),
]


@pytest.mark.parametrize(("name", "expected"), NAMES)
def test_a_name_from_elsewhere_is_made_fit(name: str, expected: str) -> None:
    assert clean_name(name) == expected


def test_a_long_name_keeps_its_ending() -> None:
    assert clean_name("a" * 300 + ".docx") == "a" * (LONGEST - 5) + ".docx"
    assert clean_name("a" * 300) == "a" * LONGEST
    assert len(clean_name("a." + "b" * 300)) == LONGEST


# ---- hanging on records


def read_back(ctx: Context, record: Record) -> AttachmentFile:
    """The only one there is."""
    (line,) = attachments_of(ctx, record)
    return attachment_file(ctx, line.address)


def add(ctx: Context, record: Record, name: str = "avtale.pdf", content: bytes = PDF) -> int:
    return add_attachment(ctx, record, NewFile.checked(name=name, content=content))


def test_a_file_hangs_on_every_kind_of_record_and_is_read_back_whole(ctx: Context) -> None:
    everything = bytes(range(256)) * 10
    for record in one_of_each(ctx):
        attachment = add(ctx, record, "../alle tegn.bin", everything)
        (line,) = attachments_of(ctx, record)
        assert (line.id, line.name, line.size, line.by) == (attachment, "alle tegn.bin", 2560, "Ingunn Ås")
        found = read_back(ctx, record)
        assert (found.content, found.media_type, found.may_be_shown) == (
            everything,
            "application/octet-stream",
            False,
        )


@pytest.mark.parametrize(
    ("content", "reason"), [(b"", "attachment_empty"), (b"a" * (MOST_BYTES + 1), "attachment_too_large")]
)
def test_an_empty_file_and_one_too_large_are_refused(content: bytes, reason: str) -> None:
    with pytest.raises(InvalidForm) as refused:
        NewFile.checked(name="a.txt", content=content)
    assert refused.value.problems == {"content": reason}


def test_ten_megabytes_are_taken(ctx: Context) -> None:
    content = b"%PDF-" + b"\x00" * (MOST_BYTES - 5)
    call = case(ctx)
    add(ctx, call, content=content)
    assert read_back(ctx, call).content == content


def test_the_same_content_twice_on_a_record_is_told(ctx: Context) -> None:
    call, fjordglimt = case(ctx), house(ctx)
    add(ctx, call)
    with pytest.raises(Refused) as refused:
        add(ctx, call, "kopi av avtale.pdf")
    assert refused.value.code == "attachment_there"
    add(ctx, fjordglimt)  # elsewhere it is another matter


def test_a_record_that_is_gone_takes_no_file(ctx: Context) -> None:
    with pytest.raises(NotFound):
        add(ctx, Record(Kind.CASE, 999))


def test_deleted_it_is_gone_from_the_database_and_put_back_it_is_as_it_was(context_for: ContextFor) -> None:
    ctx, later = context_for(), context_for("bjørn_ærlend", "2026-11-24 11:00")
    call = case(ctx)
    attachment = add(ctx, call)
    (before,) = attachments_of(ctx, call)
    removed = delete_attachment(later, attachment)
    with ctx.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(AttachmentContent)) == 0
    with pytest.raises(NotFound):
        attachment_file(later, before.address)
    with pytest.raises(NotFound):
        delete_attachment(later, attachment)
    put_back_attachment(later, removed)
    put_back_attachment(later, removed)
    (after,) = attachments_of(ctx, call)
    assert replace(after, id=before.id) == before
    assert read_back(ctx, call).content == PDF


def test_put_back_where_the_same_file_has_come_again_is_told(ctx: Context) -> None:
    call = case(ctx)
    removed = delete_attachment(ctx, add(ctx, call))
    add(ctx, call)
    with pytest.raises(Refused):
        put_back_attachment(ctx, removed)


def test_the_log_has_neither_content_nor_name(ctx: Context) -> None:
    call = case(ctx)
    removed = delete_attachment(ctx, add(ctx, call, "CV Kjærsti Øyen.pdf"))
    put_back_attachment(ctx, removed)
    with ctx.database.reading() as session:
        told = select(AuditEntry.action, AuditEntry.subject_kind, AuditEntry.subject_id, AuditEntry.facts)
        of_files = told.where(AuditEntry.action.startswith("attachment.")).order_by(AuditEntry.id)
        lines = session.execute(of_files).all()
    assert [(line.action, line.subject_kind, line.subject_id) for line in lines] == [
        (f"attachment.{done}", "support_cases", str(call.id)) for done in ("added", "deleted", "put_back")
    ]
    assert not any("Kjærsti" in str(line.facts) or "PDF" in str(line.facts) for line in lines)


def test_a_picture_whose_bytes_were_changed_is_not_shown(ctx: Context) -> None:
    """Whoever can write to the database still cannot make a page of ours out of it."""
    call = case(ctx)
    add(ctx, call, "sal.png", b"\x89PNG\r\n\x1a\n\x00")
    assert read_back(ctx, call).may_be_shown
    with ctx.database.writing() as session:
        session.execute(update(AttachmentContent).values(content=b"<script>alert(1)</script>"))
    found = read_back(ctx, call)
    assert (found.media_type, found.may_be_shown) == ("application/octet-stream", False)


def test_a_case_with_a_file_is_no_slip_to_be_undone(ctx: Context) -> None:
    call = case(ctx)
    add(ctx, call)
    with pytest.raises(Refused):
        undo_case(ctx, call.id)


def test_the_database_holds_that_a_file_hangs_somewhere(ctx: Context) -> None:
    attachment = add(ctx, case(ctx))
    with pytest.raises(IntegrityError), ctx.database.writing() as session:
        session.execute(update(Attachment).where(Attachment.id == attachment).values(case_id=None))


def test_two_houses_that_become_one_have_each_tag_once_and_all_tasks_and_files(ctx: Context) -> None:
    kept, merged = house(ctx, "Fjordglimt kulturhus"), house(ctx, "Fjordglimt")
    for number, record in enumerate((kept, merged)):
        change_tags(ctx, record, ChangedTags(put=("Turné", f"Sal {number}")))
        add_task(ctx, NewTask(what=f"Ring {number}", record=record, token=f"en-lang-nok-token-{number}"))
        add(ctx, record, content=PDF + bytes([number]))
    same = {"kept_id": kept.id, "merged_id": merged.id, "kept_version": 1, "merged_version": 1}
    merge_organisations(ctx, MergedOrganisations(on=ctx.today, **same))
    assert [tag.name for tag in tags_of(ctx, kept)] == ["Sal 0", "Sal 1", "Turné"]
    assert [line.what for line in tasks_on(ctx, kept).open] == ["Ring 0", "Ring 1"]
    assert len(attachments_of(ctx, kept)) == 2
