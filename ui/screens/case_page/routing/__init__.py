"""分流与督办 on the case page: the card of orders and the forms that send, answer, hurry and tell."""
