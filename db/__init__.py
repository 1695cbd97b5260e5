"""How rows are kept: tables, engine, upgrades. Knows nothing of what the organisation does with them."""
