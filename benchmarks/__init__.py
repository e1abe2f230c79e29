"""Speed and size beside peers, measured side by side in one run: `python -m benchmarks`. Results: docs/performance.md.

Needs Linux: CPU time of a running program is read from /proc.
"""
