"""Training, evaluation and promotion of adapters; importing this package is cheap."""
