"""Tags: free words on houses, persons, cases, inquiries and meetings."""
