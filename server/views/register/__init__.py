"""What pages and papers say of the register of certificates."""
