"""The demonstration: two years of believable, wholly fictitious work, in a database of its own that nobody can take for the real one."""

from crm.demo.filling import fill
from crm.demo.opening import demo_settings, opened_demo

__all__ = ["demo_settings", "fill", "opened_demo"]
