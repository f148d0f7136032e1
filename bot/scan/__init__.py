"""Looks into attachments: extract, recognise, assess."""
