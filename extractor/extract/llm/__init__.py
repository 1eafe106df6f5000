"""The model engine: a model returns labels that point at ids; every value comes from the source."""
