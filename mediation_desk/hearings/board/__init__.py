"""The session board: what is said in the room, line by line, with walls between the sides."""
