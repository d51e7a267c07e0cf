"""One record: page, form, figures."""
