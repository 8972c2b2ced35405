"""How people and other programs reach Peirce: command line, terminal pictures, records."""
