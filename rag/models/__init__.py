"""Language models: addresses, files, streams, trouble, turns. The door is rag/llm.py."""
