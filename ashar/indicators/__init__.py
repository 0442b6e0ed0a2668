"""What is measured, what was planned and what was seen, with evidence."""
