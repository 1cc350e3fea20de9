"""Evidence pages: a project's sources with every value marked where it was read."""
