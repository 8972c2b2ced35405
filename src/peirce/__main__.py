"""`python -m peirce` is the same as the command `peirce`."""

from peirce.agent.interfaces.cli import main

if __name__ == "__main__":
    main()
