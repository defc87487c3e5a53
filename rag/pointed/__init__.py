"""What a language model is asked and what it writes, read and judged. Doors: rag/pointing.py, rag/verify.py."""
