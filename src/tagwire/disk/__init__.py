"""Files in and out: the only room that reads content and writes `site/`.

It decides nothing about content; it would work for any set of inputs and outputs.
`scan` lists what is there, `stamps` spares reading what didn't change, `sync` brings a folder to a wanted state,
`work` is the folder of the memory, the lock and the journal.
"""
