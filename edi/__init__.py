"""UN/EDIFACT as ISO 9735 has it: read, check, write, acknowledge. Knows nothing of ships."""
