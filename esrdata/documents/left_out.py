"""Kinds of text that a document holds and does not show as its text: left out, and told."""

#: Struck through; hidden from whoever looks at it; hidden, and read all the same.
STRUCK_OUT, HIDDEN_TEXT, HIDDEN_READ = "struck", "hidden", "hidden_read"
