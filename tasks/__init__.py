"""What is to be explained: tasks, examples, values and the files they come in."""
