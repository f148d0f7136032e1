"""One page a recogniser."""
