"""The central service: the other side of the exchange. It runs without any of the laptop's code."""
