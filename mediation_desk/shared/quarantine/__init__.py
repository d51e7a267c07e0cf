"""Opens what came from outside in a process of its own, with bounds; it may fall without the desk falling."""
