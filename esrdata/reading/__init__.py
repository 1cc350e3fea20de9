"""From lines to records, by the form files; knows specs, no form and no pandas."""
