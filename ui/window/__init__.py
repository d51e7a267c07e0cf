"""The public shop window (自助选择屏): one party chooses its mediator on a full screen; nothing else is in reach."""
