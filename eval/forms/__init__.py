"""Forms in which others keep questions, judgements, rankings and answers: read into ours, and written."""
