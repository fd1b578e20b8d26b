"""The machine door: JSON over HTTP, problems as RFC 9457, one file for each resource."""
