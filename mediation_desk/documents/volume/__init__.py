"""卷宗: what belongs into the bound volume of a case, what is missing, and the volume itself as one PDF."""
