"""`make bench`: how fast Samlad is, each figure beside its floor measured in the same run.

    .venv/bin/python -m bench [--only appends,tail] [--database sqlite|postgresql] [--strict] [--write docs/bench.md]

A floor is the least that anything could cost that does the same work: the bare commit, the bare broadcast, the bare
select. Machines differ and are disturbed; what a figure is of its floor differs much less.
"""
