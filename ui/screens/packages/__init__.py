"""数据包: cases out to another centre, another centre's cases beside ours."""
