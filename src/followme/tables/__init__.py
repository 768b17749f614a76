"""TOML files that a person writes: read under limits, with every fault at its line."""
