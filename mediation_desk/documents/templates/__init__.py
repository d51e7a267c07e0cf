"""Templates a clerk owns: a .docx with ``{字段名}`` in it, checked, versioned, filled (decision 22)."""
