"""One project in several sources: which they are, and where they disagree."""
