"""Conditions in the words that keep a database from reading everything there is: each plans differently by how it is asked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Self

from sqlalchemy import Boolean, ColumnElement, Exists, Select, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


def has_one(rows: Select[Any]) -> Exists:
    """EXISTS, asked of one row at a time, where a page of rows is soon full.

    Without the OFFSET, PostgreSQL would first gather all rows that have one: it counts with the whole table, and not with a page.
    """
    return rows.offset(0).exists()


class is_empty(FunctionElement[bool]):  # noqa: N801 - reads as the function it is
    """`is_empty(Person.merged_into_id)`. Of numbers that are never 0.

    SQLite takes IS NULL for few rows, finds them all by the column's index and sorts them; in words that no index knows it goes
    through the list. PostgreSQL knows how many they are, but takes other words for one row in two hundred, and sorts them all too.
    """

    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> Self:
        return self  # it is compared with nothing: SQLite, which has no booleans, would be asked whether it is 1


@compiles(is_empty)
def _by_its_name(condition: is_empty, compiler: SQLCompiler, **how: Any) -> str:
    return f"({compiler.process(condition.clauses, **how)} IS NULL)"


@compiles(is_empty, "sqlite")
def _in_other_words(condition: is_empty, compiler: SQLCompiler, **how: Any) -> str:
    return f"(coalesce({compiler.process(condition.clauses, **how)}, 0) = 0)"


class unindexed(FunctionElement[Any]):  # noqa: N801 - reads as the function it is
    """A column that SQLite is not to begin with: having no statistics, it takes the index of a word nearly every row has.

    `unindexed(Post.kind).in_(...)`: another condition finds the posts, this one is asked of each. PostgreSQL knows by itself.

    The unary plus is SQLite's own word for it: https://www.sqlite.org/optoverview.html#disqualifying_where_clause_terms_using_unary_
    """

    inherit_cache = True

    def __init__(self, of: InstrumentedAttribute[Any] | ColumnElement[Any]) -> None:
        super().__init__(of)
        self.type = of.type


@compiles(unindexed)
def _itself(column: unindexed, compiler: SQLCompiler, **how: Any) -> str:
    return compiler.process(column.clauses, **how)


@compiles(unindexed, "sqlite")
def _with_a_plus(column: unindexed, compiler: SQLCompiler, **how: Any) -> str:
    return f"+{compiler.process(column.clauses, **how)}"


class among(FunctionElement[bool]):  # noqa: N801 - reads as the function it is
    """`among(Organisation.id, ids)`: one of thousands, which as values of their own would take longer to hand over than to find.

    SQLite is not to begin with them, or it would put them all in order for a page of them.
    """

    type = Boolean()
    inherit_cache = True

    def __init__(self, number: InstrumentedAttribute[int], numbers: Sequence[int]) -> None:
        super().__init__(number, literal(json.dumps(list(numbers))))

    def self_group(self, against: Any = None) -> Self:
        return self


@compiles(among)
def _in_an_array(condition: among, compiler: SQLCompiler, **how: Any) -> str:
    number, numbers = (compiler.process(part, **how) for part in condition.clauses)
    return f"({number} IN (SELECT CAST(value AS INTEGER) FROM json_array_elements_text(CAST({numbers} AS JSON))))"


@compiles(among, "sqlite")
def _in_a_list(condition: among, compiler: SQLCompiler, **how: Any) -> str:
    number, numbers = (compiler.process(part, **how) for part in condition.clauses)
    return f"(+{number} IN (SELECT value FROM json_each({numbers})))"
