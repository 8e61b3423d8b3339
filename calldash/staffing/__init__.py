"""How many people are needed: queueing formulas, profiles of arrivals, and replays of what happened. Pure."""
