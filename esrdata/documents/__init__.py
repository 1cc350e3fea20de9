"""From a file to numbered lines with places; knows formats, no form."""
