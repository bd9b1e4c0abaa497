"""Pictures of the main screens: `make pictures`."""
