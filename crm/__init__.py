"""What a member organisation does: cases, press, networks, members, and the plan they all serve. No screens here."""
