"""From records to tidy pandas tables, their checks and their files; pandas starts here."""
