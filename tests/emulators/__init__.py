"""Stand-ins for the chat platforms and a mail server: they speak the real protocols over loopback."""
