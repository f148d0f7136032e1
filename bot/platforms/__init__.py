"""One folder a chat platform; adapters translate, nothing more."""
