"""Version of the distribution, in one place (read by the build)."""

__all__ = ["__version__"]

__version__ = "0.2.0"
