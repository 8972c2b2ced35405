"""Planning prototypes: domains and problems read, written, varied; plans; tasks about them."""
