"""Half-written calls, kept as rows so that nothing is lost with a browser tab."""
