"""How good and how fast Delo is."""
