"""The screen of the templates of papers."""
