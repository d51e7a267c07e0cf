"""以案定补: what a case is worth to those who mediated it, who prepared and approved it, and when it was paid."""
