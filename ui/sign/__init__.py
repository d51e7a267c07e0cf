"""The pages in front of the desk: first start, signing in, a new password, the locked desk."""
