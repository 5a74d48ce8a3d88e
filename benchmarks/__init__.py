"""What is measured, never tested: each program prints its figures; `RESULTS.md` keeps them with the command that made them."""
