"""`python -m tagwire` is `tagwire`."""

from tagwire.cli import main

if __name__ == "__main__":
    main()
