"""The benchmarks: `python -m tests.bench [names…]` prints one JSON line for each figure."""
