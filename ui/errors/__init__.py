"""From an error to a hint beside the field, the message bar, a dialog, or a report."""
