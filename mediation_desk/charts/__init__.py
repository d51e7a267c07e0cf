"""Charts: plain data in, one picture out, the same for screen, SVG, PNG, PDF and papers.

``draw(chart, size, theme)`` gives a `Picture`; what one can click in it are its regions with the caller's targets.
"""
