"""Lo que un observatorio sigue además de las encuestas: compromisos, evaluaciones, participación, intercambio y dichos.

contratos   qué columnas tiene cada tabla y qué admiten (`datos/gobierno_abierto/diccionario.csv`)
"""

from atalaya.seguimiento.contratos import CARPETA, Columna, Contrato, contrato, contratos

__all__ = ["CARPETA", "Columna", "Contrato", "contrato", "contratos"]
