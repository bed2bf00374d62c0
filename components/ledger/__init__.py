"""The domain: tables, loading, checking, the status rule and the questions asked of it.

Nothing here knows of a screen: only the standard library, NumPy, pandas and a workbook reader are imported.
"""
