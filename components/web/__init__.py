"""What the server answers: the page, its fragments, pictures, its font; GET and nothing else."""
