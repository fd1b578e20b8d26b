"""The single window: intake, distribution, deliveries, decisions, clearance, accounts, API and pages."""
