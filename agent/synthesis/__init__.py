"""New problems from old ones, each checked by its interpreter; models translate and answer."""
