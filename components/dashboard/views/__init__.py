"""One page script a file; each is run by ``main`` with the selection in the session state."""
