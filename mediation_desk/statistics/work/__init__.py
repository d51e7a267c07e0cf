"""工作记录: patrols, prevention, training, money paid; what official tables count that is no case."""
