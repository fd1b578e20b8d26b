"""The whole system on one machine: a gateway, five desks as programs of their own, and people to try it as."""
