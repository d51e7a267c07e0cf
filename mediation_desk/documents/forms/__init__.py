"""The forms, one file each: what each paper says about a case, in the order the authorities prescribe (§2)."""
