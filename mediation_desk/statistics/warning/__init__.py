"""Early warning: the risk of each case, sudden rises, disputes that come back; rules in ``rules/warning.toml``."""
