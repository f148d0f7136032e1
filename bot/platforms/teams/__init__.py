"""Microsoft Teams: activities in, Adaptive Cards out; adapters that translate and nothing more."""
