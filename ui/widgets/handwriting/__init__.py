"""A pad to write a name on, by mouse, finger or pen."""
