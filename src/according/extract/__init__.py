"""From passages to claims."""
