"""Member houses and suppliers: who they are, where they lie, and since when they are members."""
