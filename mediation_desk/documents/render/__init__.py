"""Renderers: the only modules that know python-docx and ReportLab."""
