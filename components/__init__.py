"""Follow-Through: what was raised, what was promised, what happened, and how that stood at every meeting."""
