"""How kulturcrm is served: Streamlit inside its ASGI app, our gate in front of it, and the screens' common frame."""
