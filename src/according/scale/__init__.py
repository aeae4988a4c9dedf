"""The same stages over many processes."""
