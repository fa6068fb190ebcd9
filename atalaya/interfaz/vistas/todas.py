"""Importa todas las vistas: lo usa el servidor para tenerlas listas antes de la primera visita."""

from atalaya.interfaz.vistas import clasificacion, comparar, evolucion, mapa

__all__ = ["clasificacion", "comparar", "evolucion", "mapa"]
