"""The pool of mediators."""
