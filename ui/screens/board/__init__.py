"""议事板: the hour in the room, written line by line."""
