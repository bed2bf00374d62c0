"""Ledger frames in, Plotly figures out; one chart a file, no screen."""
