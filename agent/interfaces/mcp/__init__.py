"""Peirce as a server of the Model Context Protocol, over stdio and Streamable HTTP."""
