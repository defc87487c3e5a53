"""The report of a run: a page to read, and the same figures as Markdown, JSON, CSV and JUnit XML."""
