"""A conversation: how a question is understood by those before it. The door is rag/conversation.py."""
