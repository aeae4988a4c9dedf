"""According: what happened, where, and according to whom."""

__version__ = "0.1.0"
