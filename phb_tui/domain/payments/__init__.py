"""What is paid from an approved budget and when, and what it was spent on."""
