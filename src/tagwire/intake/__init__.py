"""Raw articles in any format become Markdown with front matter and a record of what was cut.

Pure: bytes and a name come in, a value goes out. Reading and writing files is `disk`'s.
"""
