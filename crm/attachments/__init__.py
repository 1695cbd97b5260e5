"""Attachments: files on houses, persons, cases, inquiries and meetings."""
