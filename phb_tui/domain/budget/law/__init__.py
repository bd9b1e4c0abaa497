"""What the law says by date: rates, ages and bank holidays."""
