"""The Streamlit screens over the ledger."""
