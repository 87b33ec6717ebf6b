"""A fictional area to try the service in. Everybody in it is made up."""

from app.demo.loading import load
from app.demo.place import PASSWORD, sign_ins

__all__ = ["PASSWORD", "load", "sign_ins"]
