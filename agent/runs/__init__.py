"""Runs: a batch over data sets, as a folder that survives anything and tells all it knows.

    runs/NAME/run.json       what was asked for, and what ran it
    runs/NAME/records.jsonl  one line per task as it ends, appended and never rewritten
    runs/NAME/traces/        one trace per task, as `peirce solve --trace` writes them

`record.py` says what stands in the first two, `folder.py` keeps them.
"""
