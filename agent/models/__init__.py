"""Language models behind an OpenAI-compatible server: one client, one limiter, one cache."""
