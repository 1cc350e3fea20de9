"""Links the sources of one project and finds where they disagree."""
