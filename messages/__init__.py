"""What is said: the canonical declaration, its formats, its rules, and the gateway-to-agency contract."""
