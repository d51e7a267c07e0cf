"""The screen that tells whether a paper is what was printed."""
