"""选择: list, sheets, result, designation, disclosure."""
