"""Printed pages, from a PDF's own words or from a reader of pictures: ruled tables, lines, and the text they make."""
