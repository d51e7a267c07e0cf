"""日程: sessions by day and room, by week, by room; the waiting list beside them."""
