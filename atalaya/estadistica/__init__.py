"""Funciones puras: intervalos, diferencias, rangos y precisión."""
