"""What happens to an answer afterwards: feedback, a person's help, gaps, and news when the guidance changes."""
