"""Network bodies, our seats there, and the meetings that show whether we take part."""
