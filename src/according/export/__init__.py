"""One file per format, each with its loss report."""
