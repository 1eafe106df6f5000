"""The page that shows a run: tables, plots, peers, and every miss with its place in the report."""

from eval.page.build import html, markdown, write_pages

__all__ = ["html", "markdown", "write_pages"]
