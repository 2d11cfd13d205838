"""What the server answers: the page, its fragments, its font; GET and nothing else."""
