"""Bajar los archivos oficiales de las direcciones del catálogo, enteros, comprobados y sin riesgo al abrirlos.

catálogo (`descargas.csv`) → `plan` (qué hay que bajar) → `bajar` (pedirlo con `red`, guardarlo con `guardado`) →
`revisar` (que sea lo que dice ser) → su nombre final y su recibo. Ver docs/descargas.md.

Importar este paquete no trae la red: eso lo hace `bajar`, y sólo lo importa quien va a bajar algo.
"""

from atalaya.descargas.plan import AMano, Pedido, Plan, planear

__all__ = ["AMano", "Pedido", "Plan", "planear"]
