"""The fictional sample company: generator, answer key and its tests."""
