"""The system screen."""
