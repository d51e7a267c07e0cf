"""日程: the sessions of all cases in their rooms, who is there, and which cases wait for a time."""
