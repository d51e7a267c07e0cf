"""Scans on their way into a case: read the code of each page, put the page straight, file it to its paper."""
