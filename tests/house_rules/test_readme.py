"""What the README lists is all there is."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click

from crm.__main__ import main
from crm.permissions import GRANTS
from crm.settings import Settings
from tests.house_rules.source import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def rows(first_heading: str) -> list[list[str]]:
    """The cells of the table whose first column has that heading."""
    lines = README.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {first_heading} |"))
    found = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        found.append([cell.strip() for cell in line.strip("|").split("|")])
    return found


def command_names(group: click.Group, above: str = "kulturcrm") -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from command_names(command, f"{above} {name}")
        else:
            yield f"{above} {name}"


def test_every_setting_is_explained() -> None:
    explained = [row[0].strip("`") for row in rows("setting")]
    assert explained == [f"CRM_{name.upper()}" for name in Settings.model_fields]


def test_every_command_is_explained() -> None:
    assert sorted(row[0].strip("`") for row in rows("command")) == sorted(command_names(main))


def test_every_role_is_explained() -> None:
    assert sorted(row[0] for row in rows("role")) == sorted(role.value for role in GRANTS)


def test_every_file_the_readme_points_to_is_there() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).is_file()] == []


def test_the_readme_says_what_it_is_in_five_lines_and_shows_it() -> None:
    paragraph = README.split("\n\n")[1]
    assert len(paragraph.splitlines()) == 5
    assert README.split("\n\n")[2].startswith("![")
