"""Earlier values of a field or of a whole record."""
