"""What people are told: the outbox and its reminders."""
