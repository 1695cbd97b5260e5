"""What hangs on a record, on the record's own screen and in the lists."""

from __future__ import annotations

from typing import Any

from streamlit.testing.v1 import AppTest

from crm.attachments.queries import attachments_of
from crm.context import Context
from crm.records import Record
from crm.tags.commands import change_tags
from crm.tags.forms import ChangedTags
from crm.tags.queries import list_tags, tags_of
from tests.pages.driving import button, field, opened, shown, signed_in, words
from tests.records import case, house, inquiry, one_of_each, person


def looked_at(ctx: Context, record: Record) -> AppTest:
    """The record's screen with its part opened."""
    app = opened(signed_in(ctx), record.kind, id=record.id)
    app.session_state[f"beside-{record.kind}-{record.id}"] = True
    return shown(app.run())


def rows(app: AppTest, label: str) -> list[str]:
    groups: list[Any] = [group for group in app.main.get("button_group") if group.label == label]
    return list(groups[0].options) if groups else []


def test_a_tag_is_put_on_and_taken_off_on_every_kind_of_record(ctx: Context) -> None:
    for record in one_of_each(ctx):
        app = looked_at(ctx, record)
        field(app, "multiselect", "Merkelapper").set_value(["Turné", "TONO"])
        assert ":gray-badge[TONO] :gray-badge[Turné]" in words(shown(app.run()))
        field(app, "multiselect", "Merkelapper").set_value(["Turné"])
        shown(app.run())
        assert [tag.name for tag in tags_of(ctx, record)] == ["Turné"]


def test_a_colleagues_tag_of_the_same_minute_stays(ctx: Context) -> None:
    record = case(ctx)
    app = looked_at(ctx, record)
    change_tags(ctx, record, ChangedTags(put=("Moms",)))
    field(app, "multiselect", "Merkelapper").set_value(["TONO"])
    shown(app.run())
    assert field(app, "multiselect", "Merkelapper").value == ["Moms", "TONO"]
    assert "Ingunn Ås satte på TONO" in words(app)  # under what has been done


def test_files_are_dropped_told_apart_deleted_and_put_back(ctx: Context) -> None:
    record = case(ctx)
    app = looked_at(ctx, record)
    dropped = [("avtale.pdf", b"%PDF-1.7", "application/pdf"), ("kopi.pdf", b"%PDF-1.7", "application/pdf")]
    app.file_uploader[0].set_value([*dropped, ("tom.txt", b"", "text/plain")])
    said = words(shown(app.run()))
    assert "1 fil er lagt ved." in said
    assert "kopi.pdf: Denne filen ligger her allerede, kanskje under et annet navn." in said
    assert "tom.txt: Filen er tom." in said
    assert app.file_uploader[0].value == []
    (line,) = attachments_of(ctx, record)
    assert line.name == "avtale.pdf"
    assert "Oppgaver · Merkelapper · Vedlegg (1)" in [expander.label for expander in app.main.expander]
    (link,) = app.main.get("link_button")
    assert link.url == f"/kulturcrm/vedlegg/{line.address}"
    button(app, "Slett").click()
    assert "Slettet avtale.pdf." in words(shown(app.run()))
    assert attachments_of(ctx, record) == ()
    button(app, "Angre").click()
    shown(app.run())
    assert [one.address for one in attachments_of(ctx, record)] == [line.address]


def test_what_is_no_word_is_said_so(ctx: Context) -> None:
    app = looked_at(ctx, case(ctx))
    field(app, "multiselect", "Merkelapper").set_value(["!!"])
    assert "En merkelapp må ha en bokstav eller et tall." in words(shown(app.run()))


def test_lists_show_tags_and_are_narrowed_by_them(ctx: Context) -> None:
    tagged = [house(ctx, "Fjordglimt kulturhus"), case(ctx, "Om scenelys"), inquiry(ctx), person(ctx)]
    person(ctx, "Eirik Ås")
    case(ctx, "Om parkett")
    house(ctx, "Åsgard konserthus")
    for record in tagged:
        change_tags(ctx, record, ChangedTags(put=("Turné",)))
    (tag,) = list_tags(ctx)
    app = opened(signed_in(ctx), "cases", merkelapp=tag.id)
    assert ["Om scenelys" in row and ":gray-badge[Turné]" in row for row in rows(app, "Saker")] == [True]
    assert "Merkelapp: Turné" in words(app)
    app = opened(signed_in(ctx), "members", merkelapp=tag.id, utvalg="any")
    assert ["Fjordglimt" in row and ":gray-badge[Turné]" in row for row in rows(app, "Medlemmer")] == [True]
    app = opened(signed_in(ctx), "persons", merkelapp=tag.id)
    assert ["Kjærsti" in row and ":gray-badge[Turné]" in row for row in rows(app, "Personer")] == [True]
    app = opened(signed_in(ctx), "inquiries", merkelapp=tag.id)
    assert ":gray-badge[Turné]" in words(app)
    assert "Hvor mange hus" in words(app)


def test_the_administrator_keeps_tags_in_order(ctx: Context) -> None:
    change_tags(ctx, case(ctx), ChangedTags(put=("Mva", "Moms")))
    app = opened(signed_in(ctx), "tags")
    labels = [expander.label for expander in app.main.expander]
    assert labels == ["Moms · 1 sak", "Mva · 1 sak"]
    moms = app.main.expander[0]
    moms.selectbox[0].set_value(list_tags(ctx)[1].id)
    shown(app.run())
    button(app.main.expander[0], "Slå «Moms» sammen med «Mva»").click()
    shown(app.run())
    app.main.expander[0].text_input[0].set_value("Merverdiavgift")
    button(app.main.expander[0], "Lagre navnet").click()
    shown(app.run())
    assert [row.name for row in list_tags(ctx)] == ["Merverdiavgift"]
