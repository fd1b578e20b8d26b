"""Five authorities' desks, each its own application: inbox, policy, officers' queue, signed answers."""
