"""The typed shelf: a model for every file of knowledge, and the sentences for what is wrong."""
