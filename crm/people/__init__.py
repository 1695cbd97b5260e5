"""The persons we deal with, the posts they hold for a time, how to reach them, and who is on the phone just now."""
