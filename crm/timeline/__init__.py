"""Everything that happened with a house or a person, from all features."""
