"""One module per step, in order; they import nothing of ours, because our code goes on changing."""
