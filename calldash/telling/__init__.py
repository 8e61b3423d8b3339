"""What is told of one call in the reader's language: its values, legs and marks, and why it counts as it does. Pure."""
