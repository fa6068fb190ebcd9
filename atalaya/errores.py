"""Errores que se le pueden leer a una persona: dónde, qué se esperaba, qué llegó y qué hacer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class ErrorAtalaya(Exception):
    """Falla con remedio; la línea de órdenes y las páginas la muestran sin rastro de pila.

    donde: archivo, hoja y celda o fila («ensu2t2025.zip › 8.xlsx › hoja 8.7 › E408»).
    esperado / recibido: en palabras, con el valor tal como llegó.
    remedio: qué puede hacer quien lo lee.
    """

    donde: str
    esperado: str
    recibido: str
    remedio: str

    def __str__(self) -> str:
        return (
            f"{self.donde}\n  se esperaba: {self.esperado}\n  se recibió:  {self.recibido}\n"
            f"  qué hacer:   {self.remedio}"
        )


class ErrorFuente(ErrorAtalaya):
    """El archivo de una fuente oficial no es lo que dice ser, o trae algo que nadie había visto."""


class ErrorCatalogo(ErrorAtalaya):
    """Una tabla de `datos/catalogo/` se contradice, o se pidió una clave que no está en ella."""


class ErrorAcervo(ErrorAtalaya):
    """El acervo falta, está incompleto o no coincide con su manifiesto."""


class ErrorConsulta(ErrorAtalaya):
    """Se pidió una consulta que no existe, o con parámetros que no son los suyos."""


class ErrorDescarga(ErrorAtalaya):
    """Lo que la oficina contestó no es el archivo pedido, no llegó entero o no se puede abrir sin riesgo."""


class ErrorArchivo(ErrorAtalaya):
    """El archivo que trae un observatorio no se puede leer: no es una tabla, es demasiado grande o no es seguro."""
