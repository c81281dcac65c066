"""What a person reads, one file per noun."""
