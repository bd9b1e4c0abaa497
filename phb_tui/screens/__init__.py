"""What is seen: one screen a file. Screens ask services and nothing below them."""
