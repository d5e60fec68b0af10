"""The brief: a job text becomes requirements, a resume the best evidence for each of them."""
