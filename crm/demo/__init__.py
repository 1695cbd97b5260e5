"""The demonstration: two years of believable, wholly fictitious work, in a database that nobody can take for the real one.

`opening.opened_demo` opens it, `filling.fill` makes it, `marking.is_demonstration` is how the screens know.
"""
