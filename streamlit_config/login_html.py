"""The pages before Streamlit: plain HTML that works without a script, in a password manager, and at any width.

Everything that comes from outside goes through `escape`. No page loads anything but our own style sheet and icon.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from crm.i18n import LANGUAGES, language, t

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FRAME = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title} – kulturcrm</title>
<link rel="icon" type="image/svg+xml" href="/kulturcrm/static/favicon.svg">
<link rel="stylesheet" href="/kulturcrm/static/login.css">
</head>
<body>
<main class="card">
<p class="mark"><img src="/kulturcrm/static/favicon.svg" alt="" width="36" height="36"> kulturcrm</p>
<h1>{title}</h1>
{content}
</main>
<nav class="languages" aria-label="{languages_label}">{languages}</nav>
</body>
</html>
"""


@dataclass(frozen=True)
class Field:
    """One line of a form. `problem` is the sentence below it; `value` is what was typed, never a password."""

    name: str
    label: str
    kind: str
    autocomplete: str
    value: str = ""
    help: str = ""
    problem: str = ""
    is_fixed: bool = False


@dataclass(frozen=True)
class Sheet:
    """A form: where it goes, its fields, what travels along unseen, and what is said above it."""

    action: str
    button: str
    fields: tuple[Field, ...]
    hidden: Mapping[str, str]
    problem: str = ""


def page(title: str, content: str, *, here: str, query: Mapping[str, str]) -> str:
    """`here` and `query` are the page's own address, for the language switch."""
    return FRAME.format(
        language=language(),
        title=escape(title),
        content=content,
        languages_label=escape(t("Språk")),
        languages=" ".join(_language_link(code, name, here, query) for code, name in LANGUAGES.items()),
    )


def paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def notice(text: str) -> str:
    return f'<p class="notice" role="status">{escape(text)}</p>'


def link(address: str, text: str) -> str:
    return f'<p><a href="{escape(address)}">{escape(text)}</a></p>'


def form(sheet: Sheet) -> str:
    problem = f'<p class="problem" role="alert" id="problem">{escape(sheet.problem)}</p>' if sheet.problem else ""
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in sheet.hidden.items()
    )
    first = _first_to_fill(sheet.fields)
    fields = "".join(_field(field, has_focus=field is first) for field in sheet.fields)
    return (
        f'<form method="post" action="{escape(sheet.action)}">{problem}{hidden}{fields}'
        f'<button type="submit">{escape(sheet.button)}</button></form>'
    )


def _first_to_fill(fields: tuple[Field, ...]) -> Field | None:
    """The first wrong one, or the first empty one."""
    wrong = [field for field in fields if field.problem]
    return next(iter(wrong or [field for field in fields if not field.value]), None)


def _field(field: Field, *, has_focus: bool) -> str:
    described = "".join(
        f'<p class="{name}" id="{field.name}-{name}">{escape(text)}</p>'
        for name, text in (("problem", field.problem), ("help", field.help))
        if text
    )
    ids = " ".join(f"{field.name}-{name}" for name, text in (("problem", field.problem), ("help", field.help)) if text)
    attributes = [
        f'id="{field.name}" name="{field.name}" type="{field.kind}" autocomplete="{field.autocomplete}"',
        f'value="{escape(field.value)}"' if field.value else "",
        f'aria-describedby="{ids}"' if ids else "",
        'aria-invalid="true"' if field.problem else "",
        'autocapitalize="none" spellcheck="false"' if field.kind != "text" else "",
        "readonly" if field.is_fixed else "required",
        "autofocus" if has_focus else "",
    ]
    shown = " ".join(attribute for attribute in attributes if attribute)
    return f'<div class="field"><label for="{field.name}">{escape(field.label)}</label><input {shown}>{described}</div>'


def _language_link(code: str, name: str, here: str, query: Mapping[str, str]) -> str:
    if code == language():
        return f'<span aria-current="true" lang="{code}">{escape(name)}</span>'
    address = escape(f"{here}?{urlencode({**query, 'lang': code})}")
    return f'<a href="{address}" hreflang="{code}" lang="{code}">{escape(name)}</a>'
