"""The screens of the desk; `registry` lists them."""
