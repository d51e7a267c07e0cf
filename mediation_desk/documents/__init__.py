"""Papers: one content model, the forms that fill it, and the renderers that print it as DOCX and PDF."""
