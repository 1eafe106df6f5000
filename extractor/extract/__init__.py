"""Extraction: engines that turn a document and its layout into a Report."""
