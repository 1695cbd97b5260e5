"""What a colleague hangs on a record."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from crm.attachments.names import clean_name
from crm.forms import Form

MOST_BYTES = 10 * 1024 * 1024  # as much as Streamlit is told to take (maxUploadSize)


def _of_a_size(content: bytes) -> bytes:
    if not content:
        raise PydanticCustomError("attachment_empty", "nothing in it")
    if len(content) > MOST_BYTES:
        raise PydanticCustomError("attachment_too_large", "more than ten megabytes")
    return content


class NewFile(Form):
    name: Annotated[str, AfterValidator(clean_name)]
    content: Annotated[bytes, AfterValidator(_of_a_size)]
