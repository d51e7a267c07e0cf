"""An invented centre to try things out on: a small sample, and a synthetic one of any size."""
