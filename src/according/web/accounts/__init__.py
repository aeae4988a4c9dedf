"""Accounts: signing in and out, passwords, second steps, and who may do what."""
