"""What the chats of an office, Slack and Teams, have in common: it knows neither of them."""
