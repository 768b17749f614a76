"""What entries say together: pure functions that take entries and return values."""
