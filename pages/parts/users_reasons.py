"""What the reason codes of users mean: the sign-in pages and the screens say the same."""

from __future__ import annotations

from crm.users.texts import REASONS
from streamlit_config.shell import explain_reasons

explain_reasons(REASONS)
