"""Who may sign an agreement, how, in how many copies, and what is still missing."""
