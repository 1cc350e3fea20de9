"""Packs that were written: whether one is what it says, what two differ in, and signatures."""
