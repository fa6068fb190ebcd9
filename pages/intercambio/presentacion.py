"""Presentación: vistas guardadas, en orden, con su nota; se presenta, se reparte y se comparte."""

from atalaya.idiomas import tr
from atalaya.interfaz import bloque
from atalaya.interfaz.vistas import presentacion

bloque.encabezado(
    tr("Presentación"),
    tr(
        "Junte vistas de cualquier página con «Añadir a la presentación», ordénelas y preséntelas: cada lámina "
        "enseña la "
        "cifra del acervo con su fuente."
    ),
)
una = presentacion.vigente()
presentacion.llevar(una)
presentacion.laminas(una)
presentacion.guardar_y_abrir(una)
