"""What a terminal shows, and files that are exported: text of what is given, without a page."""
