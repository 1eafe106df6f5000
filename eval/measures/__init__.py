"""What is measured on one report: every measure is a pure function of a review and its gold."""
