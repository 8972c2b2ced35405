"""Rules guessed by a language model: words first, then programs, then refinements."""
