"""Knowledge about forms, codes, columns and words: data files and their loader."""
