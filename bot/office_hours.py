"""Working time: weekdays, bank holidays and office hours, in local time over clock changes."""
