"""Meetings on the centre's own video server: what a meeting is, and the boundary to the server (decision 19)."""
