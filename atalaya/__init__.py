"""Atalaya: tablero abierto para observatorios municipales de seguridad."""

__version__ = "0.1.0"
