"""Who sits at the desk: signing in, locking, changing places, and nothing left behind on the screen or in memory."""
