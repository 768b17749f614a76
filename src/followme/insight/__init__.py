"""What entries say together: pure questions to them, entries in and values out."""
