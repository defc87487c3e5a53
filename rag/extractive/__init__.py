"""How the documents alone answer: what is asked for, which sentences carry it. The door is rag/compose.py."""
