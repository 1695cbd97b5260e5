"""Taking an import or a merge back, to the letter, for thirty days."""
