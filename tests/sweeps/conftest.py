"""What sweeps share with the tests of the vendor."""

from tests.vendor.conftest import program

__all__ = ["program"]
