"""How the parties choose: who may be shown, in which order, what they mark, what the published rule makes of it."""
