"""From the previewed PDF to the printer: the dialog, what it remembers, and the pages themselves."""
