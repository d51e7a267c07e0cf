"""The day's desk."""
