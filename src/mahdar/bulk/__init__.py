"""Many files → a folder of records as partitioned Parquet, on all processors of a machine or of a cluster; and such a folder → a register.

``pieces`` cuts the input into parts that depend on nothing but the input; ``part`` reads one and writes its files; ``folder`` is where they are
put, each at once, with a note of what is done, so that the same call goes on where one was interrupted; ``run`` does it with processes of this
machine, ``cluster`` with Ray; ``load`` takes the folder's articles for a register.
"""
