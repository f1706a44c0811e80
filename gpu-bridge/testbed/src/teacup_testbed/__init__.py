"""A small trained world with a planted co-occurrence bias."""
