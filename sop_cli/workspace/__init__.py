"""The shelf: where each stage leaves its tables for the next, and what they were made from."""
