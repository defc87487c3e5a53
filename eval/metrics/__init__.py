"""What is measured in an answer, a module a family: small pure functions, each with formula, range and source."""
