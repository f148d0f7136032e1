"""What runs later or elsewhere."""
