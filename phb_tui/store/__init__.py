"""The encrypted file. The only package that imports the driver, and the only one with the laptop's SQL."""
