"""The journal as a file: its blocks, how they are parsed and written, reading, adding, locking, paths and modes."""
