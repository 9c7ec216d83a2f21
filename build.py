"""`python build.py` is `tagwire build` for the site in this folder."""

import sys

try:
    from tagwire.__main__ import main
except ModuleNotFoundError as error:
    if error.name != "tagwire":
        raise
    sys.exit("Tagwire is not installed here. Run: python -m pip install -e .")

if __name__ == "__main__":
    main(["build", *sys.argv[1:]])
