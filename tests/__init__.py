"""The suite: pure tests, rooms, scenarios, journeys."""
