"""The only place where the parts meet: what is built from what, who listens to whom, what starts and stops when."""
