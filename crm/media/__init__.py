"""Press inquiries: who asks, until when, what we answered and what came of it."""
