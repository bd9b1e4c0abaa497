"""The central service: sync API for laptops and web pages for staff. It runs without any of the laptop's code."""
