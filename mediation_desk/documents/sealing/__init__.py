"""What makes a file stand by itself: the archive's format, the centre's seal, and the check that nothing changed."""
