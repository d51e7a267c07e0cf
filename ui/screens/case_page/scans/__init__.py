"""扫描件: filing, looking at, ordering and putting right the scans of a case."""
