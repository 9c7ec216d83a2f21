"""The exports of other tools, one reader a file: each gives its articles one by one, and says what it leaves out."""
