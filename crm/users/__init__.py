"""The colleagues themselves: who may come in, how they prove it, and the sessions they hold."""
