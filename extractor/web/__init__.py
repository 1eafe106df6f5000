"""The review desk: upload a report, see it, correct it, sign it. Needs `extractor[web]`; nothing here is imported by the rest."""
