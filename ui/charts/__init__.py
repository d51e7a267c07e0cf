"""Charts on the screen: drawn in the background, opened by mouse and keyboard."""
