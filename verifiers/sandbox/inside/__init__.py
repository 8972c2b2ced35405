"""What runs behind the wall: standard library only, no access to the host's side of the package."""
