"""Qué se puede poner al lado de qué, entre fuentes distintas: `datos/catalogo/comparabilidad.csv`.

Cada par está escrito a mano, con su nivel y su porqué. Lo que nadie ha escrito no se compara, y se dice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from atalaya.catalogo import CARPETA, Indicador, fuentes, indicador, indicadores
from atalaya.errores import ErrorCatalogo
from atalaya.idiomas import anotado, con_textos, tr
from atalaya.tabla_csv import casa, en, falla, leer, lleno

NIVELES: Final = ("alta", "media", "baja", "ninguna")
"""De lo que se puede comparar a lo que no. alta: mismo eje y con prueba; media y baja: mismo eje, con la ficha abierta
y sin prueba; ninguna: cada una en su panel."""

PAIS_DE_FUENTE: Final = {
    **dict.fromkeys(("ensu", "sesnsp", "conapo", "cngmd"), "MX"),
    **dict.fromkeys(("enusc", "cead", "spd", "ine_poblacion"), "CL"),
}
NADIE: Final = anotado("Nadie ha escrito cómo compararlos: mientras no se escriba, no se comparan.")


@dataclass(frozen=True, slots=True)
class Par:
    """Dos indicadores de fuentes distintas y lo que hace falta saber antes de ponerlos juntos; una fila de la tabla.

    `indicador_b` vacío: en `pais_b` no hay nada equivalente, y `que_difiere` dice por qué. `admite_indice` (`si` o
    `no`): si se pueden ver como cambio contra el año base de cada lugar aunque el nivel no se compare. `pregunta_a` y
    `pregunta_b`: la redacción textual entre comillas angulares o, si no se tiene, cómo se define. `que_le_hace`: en qué
    sentido empuja a la cifra cada diferencia.
    """

    indicador_a: str
    indicador_b: str
    pais_b: str
    nivel: str
    admite_indice: str
    pregunta_a: str
    pregunta_b: str
    universo: str
    periodo: str
    dominio: str
    que_difiere: str
    que_le_hace: str
    evidencia: str

    @property
    def mismo_eje(self) -> bool:
        """Si las dos cifras pueden ir en el mismo eje (alta, media o baja)."""
        return self.nivel != "ninguna"

    @property
    def se_prueba(self) -> bool:
        """Si la diferencia se puede probar: sólo con nivel alta. En lo demás mezcla la realidad con el método."""
        return self.nivel == "alta"

    def desde(self, clave: str) -> Par:
        """El mismo par con `clave` como `indicador_a`."""
        if clave == self.indicador_a:
            return self
        return replace(
            self,
            indicador_a=self.indicador_b,
            indicador_b=self.indicador_a,
            pais_b=pais_de(self.indicador_a),
            pregunta_a=self.pregunta_b,
            pregunta_b=self.pregunta_a,
        )


@con_textos("universo", "periodo", "dominio", "que_difiere", "que_le_hace", "evidencia")
def pares(carpeta: Path = CARPETA) -> tuple[Par, ...]:
    """Todos los pares escritos, en el orden del archivo.

    Lanza ErrorCatalogo si una clave no existe, si los dos son de la misma fuente o si un par está dos veces.
    """
    archivo = carpeta / "comparabilidad.csv"
    claves = indicadores(carpeta)
    textos = ("pregunta_a", "pregunta_b", "universo", "periodo", "dominio", "que_difiere", "que_le_hace", "evidencia")
    revisiones = {
        "indicador_a": en(claves, "indicadores.csv"),
        "indicador_b": en(("", *claves), "indicadores.csv"),
        "pais_b": casa(r"[A-Z]{2}"),
        "nivel": en(NIVELES),
        "admite_indice": en(("si", "no")),
        **dict.fromkeys(textos, lleno),
    }
    todos = leer(archivo, Par, revisiones)
    vistos: set[frozenset[str]] = set()
    for numero, uno in enumerate(todos, start=2):
        if not uno.indicador_b and uno.nivel != "ninguna":
            falla(archivo, numero, "nivel", "ninguna: no hay con qué compararlo", uno.nivel)
        if uno.indicador_b:
            _revisar_par(archivo, numero, uno, claves)
        llave = frozenset((uno.indicador_a, uno.indicador_b or uno.pais_b))
        if llave in vistos:
            falla(archivo, numero, "indicador_b", "cada par una sola vez", f"{uno.indicador_a}, {uno.indicador_b}")
        vistos.add(llave)
    return tuple(todos)


def par(a: str, b: str, carpeta: Path = CARPETA) -> Par:
    """Cómo se compara `a` con `b`, visto desde `a`; lo mismo que `par(b, a)`, visto al revés.

    Lo que nadie ha escrito es nivel ninguna y dice que nadie lo ha escrito. Lanza ErrorCatalogo si una clave no existe
    o si son de la misma fuente: ahí no hay dos preguntas, y lo que no se compara lo dicen las rupturas.
    """
    if indicador(a, carpeta).fuente == indicador(b, carpeta).fuente:
        raise ErrorCatalogo(
            donde=f"comparabilidad de «{a}» con «{b}»",
            esperado="dos indicadores de fuentes distintas",
            recibido=f"los dos son de {indicador(a, carpeta).fuente}",
            remedio="compárelos dentro de su fuente; sus cambios de serie están en datos/catalogo/rupturas.csv",
        )
    escrito = next((uno for uno in pares(carpeta) if {a, b} == {uno.indicador_a, uno.indicador_b}), None)
    return escrito.desde(a) if escrito else _sin_escribir(a, b, carpeta)


def contrapartes(clave: str, pais: str, carpeta: Path = CARPETA) -> tuple[Par, ...]:
    """Con qué de `pais` se puede comparar un indicador, de mejor a peor nivel y, a igual nivel, en el orden escrito.

    El indicador va siempre como `indicador_a`. Si nadie ha escrito nada, un solo par de nivel ninguna que lo dice.
    Lanza ErrorCatalogo si la clave no existe o ya es de ese país.
    """
    if pais_de(clave, carpeta) == pais:
        raise ErrorCatalogo(
            donde=f"contrapartes de «{clave}»",
            esperado="un país distinto del de su fuente",
            recibido=pais,
            remedio="dentro de su país la cifra es la suya",
        )
    suyos = [uno.desde(clave) for uno in pares(carpeta) if clave in (uno.indicador_a, uno.indicador_b)]
    ordenados = sorted((uno for uno in suyos if uno.pais_b == pais), key=lambda uno: NIVELES.index(uno.nivel))
    return tuple(ordenados) or (_sin_escribir(clave, "", carpeta, pais),)


def pais_de(clave: str, carpeta: Path = CARPETA) -> str:
    """El país (`MX`, `CL`) cuya fuente publica un indicador. Lanza ErrorCatalogo si la clave no existe."""
    return PAIS_DE_FUENTE[indicador(clave, carpeta).fuente]


def _revisar_par(archivo: Path, numero: int, uno: Par, claves: dict[str, Indicador]) -> None:
    if claves[uno.indicador_a].fuente == claves[uno.indicador_b].fuente:
        falla(archivo, numero, "indicador_b", "un indicador de otra fuente", uno.indicador_b)
    if (suyo := PAIS_DE_FUENTE[claves[uno.indicador_b].fuente]) != uno.pais_b:
        falla(archivo, numero, "pais_b", suyo, uno.pais_b)


def _sin_escribir(a: str, b: str, carpeta: Path, pais: str = "") -> Par:
    """Un par que no está en la tabla: no se compara, y se dice que nadie ha escrito cómo."""
    claves = [indicador(clave, carpeta) for clave in (a, b) if clave]
    dichas = [f"{fuentes(carpeta)[uno.fuente].nombre}: {uno.universo}." for uno in claves]
    preguntas = [f"«{uno.pregunta}»" if uno.pregunta else uno.nota for uno in claves]
    return Par(
        indicador_a=a,
        indicador_b=b,
        pais_b=pais or PAIS_DE_FUENTE[claves[-1].fuente],
        nivel="ninguna",
        admite_indice="no",
        pregunta_a=preguntas[0],
        pregunta_b=preguntas[1] if b else tr("No hay un indicador equivalente en el catálogo."),
        universo=" ".join(dichas),
        periodo=tr("Sin escribir."),
        dominio=tr("Sin escribir."),
        que_difiere=tr(NADIE),
        que_le_hace=tr("No se sabe."),
        evidencia=tr("No está en datos/catalogo/comparabilidad.csv."),
    )
