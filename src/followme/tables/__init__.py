"""TOML files that a person writes: read within limits, with every fault at its line."""
