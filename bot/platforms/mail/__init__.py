"""Mail: cards sent to a mailbox."""
