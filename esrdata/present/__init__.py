"""What people see: words, numbers and dates in three languages, charts and reports."""
