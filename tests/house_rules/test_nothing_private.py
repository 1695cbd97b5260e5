"""Nothing of this or any machine, registry or person gets into the project."""

from __future__ import annotations

import re
import subprocess

import pytest

from tests.house_rules.source import ROOT

# Written in two halves, or this file would break its own rule.
HOSTS = ["pypi." + "org", "pythonhosted." + "org", "npmjs." + "org", "deb." + "debian.org", "crates." + "io"]
PATHS = ["/" + "work/", ".." + "/shared", "/" + "root/"]
OWN_PHONES = re.compile(r"\+47 ?(40 ?61 ?2\d ?\d\d|21 ?23 ?4\d ?\d\d|800 ?12 ?3\d\d)")


def kept_files() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert listed.returncode == 0, listed.stderr
    return [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def texts() -> list[tuple[str, str]]:
    found = []
    for name in kept_files():
        try:
            found.append((name, (ROOT / name).read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue  # a picture
    return found


@pytest.mark.parametrize("word", HOSTS + PATHS)
def test_no_registry_and_no_path_of_a_machine_is_named(word: str) -> None:
    assert [name for name, text in texts() if word in text] == []


def test_no_lock_file_of_a_kind_that_names_hosts() -> None:
    assert [
        name for name in kept_files() if re.search(r"(^|/)(uv\.lock|pylock.*\.toml|package-lock\.json)$", name)
    ] == []


def test_mail_addresses_in_the_project_lead_nowhere() -> None:
    """Test people have `.example` mail. The tables of addresses to check are facts about spelling, not about anybody."""
    address = re.compile(r"[\w.+-]+@([\w-]+\.)+[a-zæøå]{2,}", re.IGNORECASE)
    allowed = (".example", ".invalid", ".test")
    strays = {
        f"{name}: {found.group()}"
        for name, text in texts()
        if not name.startswith("tests/crm/") and not name.startswith("tests/house_rules/")
        for found in address.finditer(text)
        if not found.group().lower().endswith(allowed)
    }
    assert strays == set()
