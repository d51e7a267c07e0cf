"""Long trials: what the tests show in short form, repeated until chance has had its say."""
