"""Ledger frames in, bytes out: CSV for people, the data package, the workbook, the codebook."""
