"""Línea de órdenes: `python -m atalaya --help`."""

from atalaya.ordenes import principal

if __name__ == "__main__":
    raise SystemExit(principal())
