"""Evaluation: how well the product reads reports whose truth is known."""
