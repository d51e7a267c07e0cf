"""What knows the inside of a .docx: opening, finding fields, filling, reading the filled one back."""
