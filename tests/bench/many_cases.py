"""A large house of records for measuring: seeded, fictitious, put in by the fastest way there is."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select

from db.engine import Database
from db.models.cases import Author, Channel, Direction, Message, MessageChannel, SupportCase, TimeQuality
from db.models.organisations import Organisation
from db.models.users import User

WORDS = [
    *(
        "TONO",
        "tariff",
        "moms",
        "utleie",
        "rigg",
        "sertifisering",
        "tilskudd",
        "billett",
        "refusjon",
        "avtale",
        "kommune",
    ),
    *("driftstøtte", "honorar", "sal", "turné"),
]
BATCH = 5_000


def add_cases(database: Database, count: int, now: datetime, *, seed: int = 2026) -> None:
    """`count` cases of the ten years before `now`, one in fifty open, the others answered and closed."""
    chance = random.Random(seed)
    with database.reading() as session:
        houses = list(session.scalars(select(Organisation.id).order_by(Organisation.id)))
        users = list(session.scalars(select(User.id).order_by(User.id)))
        first = 1 + max([0, *session.scalars(select(SupportCase.id))])
    for numbers in _batches(range(first, first + count), BATCH):
        rows = [_case(chance, number, houses, users, now) for number in numbers]
        with database.writing() as session:
            session.execute(insert(SupportCase), rows)
            session.execute(insert(Message), [_answer(row) for row in rows if row["closed_at"]])


def _case(chance: random.Random, number: int, houses: list[int], users: list[int], now: datetime) -> dict[str, Any]:
    received = now - timedelta(minutes=chance.randrange(60, 10 * 365 * 24 * 60))
    closed = None if chance.random() < 0.02 else min(received + timedelta(minutes=chance.randrange(0, 5000)), now)
    return {
        "id": number,
        "organisation_id": chance.choice(houses) if houses and chance.random() < 0.95 else None,
        "caller": "",
        "what": " ".join(chance.choices(WORDS, k=12)),
        "channel": chance.choice([Channel.PHONE, Channel.EMAIL]),
        "received_at": received,
        "received_quality": TimeQuality.EXACT,
        "closed_at": closed,
        "responsible_id": chance.choice(users),
        "created_at": received,
        "version": 1,
    }


def _answer(case: dict[str, Any]) -> dict[str, Any]:
    return {
        "case_id": case["id"],
        "direction": Direction.OUTBOUND,
        "channel": MessageChannel.EMAIL,
        "author": Author.HUMAN,
        "is_holding": False,
        "at": case["closed_at"],
        "quality": TimeQuality.EXACT,
        "text": "",
        "user_id": case["responsible_id"],
        "version": 1,
    }


def _batches(numbers: range, size: int) -> Iterator[range]:
    return (numbers[start : start + size] for start in range(0, len(numbers), size))
