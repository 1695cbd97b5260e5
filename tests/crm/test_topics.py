"""The topics of member support: proposed at first start, then the association's own."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from crm.cases.topic_commands import TopicName, add_topic, adopt_topics, rename_topic, restore_topic, retire_topic
from crm.cases.topic_queries import TopicRow, list_topics
from crm.context import Context
from crm.errors import ChangedMeanwhile, InvalidForm, NotAllowed
from db.models.cases import Channel, SupportCase, TimeQuality
from db.models.house_keeping import AuditEntry
from db.models.organisations import Organisation, OrganisationKind
from tests.conftest import ContextFor


def topic(ctx: Context, name: str) -> TopicRow:
    return next(row for row in list_topics(ctx) if row.name == name)


def test_first_start_proposes_nineteen_topics_in_norwegian_order(ctx: Context) -> None:
    assert adopt_topics(ctx) == 19
    names = [row.name for row in list_topics(ctx)]
    assert names[:3] == ["Annet", "Billettsystem og refusjon", "Booking og programmering"]
    assert names.index("Bygg, rehabilitering og energi") < names.index("Bærekraft")  # æ stands after y
    assert adopt_topics(ctx) == 0
    assert len(list_topics(ctx)) == 19


def test_a_topic_is_added_once_however_it_is_spelled(ctx: Context) -> None:
    add_topic(ctx, TopicName(name="Åpningstider"))
    with pytest.raises(InvalidForm) as taken:
        add_topic(ctx, TopicName(name="  ÅPNINGSTIDER "))
    assert taken.value.problems == {"name": "topic_name_taken"}
    with pytest.raises(InvalidForm) as empty:
        TopicName.checked(name=" ")
    assert empty.value.problems == {"name": "topic_name_missing"}


def test_a_topic_gets_a_new_name_and_the_log_keeps_the_old(ctx: Context) -> None:
    topic_id = add_topic(ctx, TopicName(name="Moms"))
    rename_topic(ctx, topic_id, TopicName(name="Merverdiavgift"), version=1)
    assert topic(ctx, "Merverdiavgift").id == topic_id
    with ctx.database.reading() as session:
        facts = session.scalars(select(AuditEntry.facts).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert facts["changed"] == {"name": ["Moms", "Merverdiavgift"]}
    rename_topic(ctx, topic_id, TopicName(name="merverdiavgift"), version=2)  # its own name is not taken by another


def test_a_retired_topic_stands_last_and_can_come_back(ctx: Context) -> None:
    topic_id = add_topic(ctx, TopicName(name="Annet"))
    add_topic(ctx, TopicName(name="TONO"))
    retire_topic(ctx, topic_id, version=1)
    assert [(row.name, row.is_active) for row in list_topics(ctx)] == [("TONO", True), ("Annet", False)]
    restore_topic(ctx, topic_id, version=2)
    assert topic(ctx, "Annet").is_active


def test_five_calls_from_two_houses_are_five_cases_and_two_houses(ctx: Context) -> None:
    topic_id = add_topic(ctx, TopicName(name="TONO"))
    with ctx.database.writing() as session:
        houses = [
            Organisation(
                kind=OrganisationKind.HOUSE,
                name=name,
                sort_key=name,
                search_key=name,
                loose_key=name,
                created_at=ctx.now,
            )
            for name in ("Fjordglimt kulturhus", "Åsgard konserthus")
        ]
        session.add_all(houses)
        session.flush()
        session.add_all(
            SupportCase(
                organisation_id=houses[number % 2].id,
                what="TONO 2027",
                topic_id=topic_id,
                channel=Channel.PHONE,
                received_at=ctx.now,
                received_quality=TimeQuality.EXACT,
                responsible_id=ctx.user_id,
                created_at=ctx.now,
            )
            for number in range(5)
        )
    assert (topic(ctx, "TONO").cases, topic(ctx, "TONO").houses) == (5, 2)


def test_the_second_of_two_who_change_a_topic_is_told_so(ctx: Context) -> None:
    topic_id = add_topic(ctx, TopicName(name="TONO"))
    retire_topic(ctx, topic_id, version=1)
    with pytest.raises(ChangedMeanwhile):
        rename_topic(ctx, topic_id, TopicName(name="Gramo"), version=1)


def test_a_colleague_uses_topics_and_does_not_change_them(context_for: ContextFor) -> None:
    with pytest.raises(NotAllowed):
        add_topic(context_for("bjørn_ærlend"), TopicName(name="TONO"))
