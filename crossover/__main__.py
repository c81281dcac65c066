"""`python -m crossover`."""

from crossover.cli import main

if __name__ == "__main__":
    main()
