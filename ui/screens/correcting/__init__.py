"""更正: what was registered wrongly is put right on the sheet it was registered on."""
