"""Work off the GUI thread: commands and lists in the order of the clicks, pages beside them."""
