"""Desarma una hoja de los tabulados ENSU en título, columnas y renglones, sin saber todavía qué significan.

Toda hoja de cuadro, de 2019 a 2025, tiene la misma anatomía: título desde A3, encabezado de uno a tres renglones,
renglones con su etiqueta en A y, desde el renglón que empieza con «Nota:», las notas al pie.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from atalaya.catalogo import normalizar
from atalaya.errores import ErrorFuente
from atalaya.fuentes.libro import Celda, Hoja, coordenada, letra

FILA_TITULO: Final = 3
_NUMERO: Final = re.compile(r"Cuadro\s+(\d+\.\d+)")
_NOTA: Final = re.compile(r"nota\b")
_CON_PERIODO: Final = re.compile(r"20\d\d|serie historica")
REMEDIO: Final = "INEGI cambió el formato: descríbalo en datos/catalogo/ (docs/fuentes/ensu_tabulados.md) o repórtelo"


class Sitio(NamedTuple):
    """Dónde estamos: archivo, libro y hoja, para que cada falla se pueda ir a ver."""

    archivo: str
    libro: str
    hoja: str

    def falla(self, celda: str, esperado: str, recibido: object, remedio: str = REMEDIO) -> ErrorFuente:
        """El error listo para lanzarse."""
        donde = " › ".join(parte for parte in (self.archivo, self.libro, f"hoja {self.hoja}", celda) if parte)
        return ErrorFuente(donde, esperado, str(recibido), remedio)


class Renglon(NamedTuple):
    """Una etiqueta de la columna A y las celdas de su derecha por columna."""

    fila: int
    etiqueta: str
    sangria: int
    celdas: dict[int, Celda]


class Encabezado(NamedTuple):
    """Textos del encabezado de una columna, de arriba a abajo; `propio`: si el último empieza en esa columna.

    Las columnas separadoras sólo heredan el encabezado fusionado de sus vecinas.
    """

    textos: tuple[str, ...]
    propio: bool


class Tabulado(NamedTuple):
    """Una hoja desarmada: dónde está, título, periodo tal como lo dice el título, columnas y renglones."""

    sitio: Sitio
    titulo: str
    periodo: str
    columnas: dict[int, Encabezado]
    renglones: list[Renglon]


def desarmar(hoja: Hoja, sitio: Sitio) -> Tabulado:
    """Título, columnas y renglones de la hoja. Lanza ErrorFuente si no tiene la anatomía de un cuadro."""
    _exigir_numero(hoja, sitio)
    lineas, encabezado = _titulo(hoja, sitio)
    datos = _primera_con_texto(hoja, 1, encabezado + 1, sitio, "el primer renglón de datos")
    notas = min(
        (c.fila for c in hoja.celdas.values() if c.columna == 1 and _es_nota(c) and c.fila >= datos), default=None
    )
    if notas is None:
        raise sitio.falla("columna A", "un renglón que empiece con «Nota:» al pie del cuadro", "ninguno")
    for celda in hoja.celdas.values():
        if not isinstance(celda.valor, str) and not datos <= celda.fila < notas:
            raise sitio.falla(celda.coordenada, "texto fuera del cuadro", celda.valor)
    periodo = lineas[-1] if _CON_PERIODO.search(normalizar(lineas[-1])) else ""
    titulo = " ".join(lineas[:-1] if periodo else lineas)
    return Tabulado(
        sitio,
        titulo,
        periodo,
        _columnas(hoja, range(encabezado, datos)),
        list(_renglones(hoja, range(datos, notas), sitio)),
    )


def corregir(hoja: Hoja, erratas: Mapping[str, tuple[str, str]]) -> Hoja:
    """La hoja con sus erratas corregidas: por celda, lo que dice y lo que se lee en su lugar (vacío: nada).

    Una errata que INEGI ya corrigió (la celda dice otra cosa) no se aplica.
    """
    celdas, fusiones = dict(hoja.celdas), hoja.fusiones
    for donde, (dice, se_lee) in erratas.items():
        clave = coordenada(donde)
        celda = celdas.get(clave, Celda(*clave, "", "", "", 0))
        if " ".join(str(celda.valor).split()) != dice:
            continue
        if se_lee:
            celdas[clave] = celda._replace(valor=se_lee)
            # Lo escrito dentro de una fusión no se vería: la fusión era parte de la errata.
            fusiones = tuple(f for f in fusiones if not (_dentro(clave, f) and clave != f[:2]))
        else:
            del celdas[clave]
    return hoja._replace(celdas=celdas, fusiones=fusiones)


def _dentro(clave: tuple[int, int], fusion: tuple[int, int, int, int]) -> bool:
    return fusion[0] <= clave[0] <= fusion[2] and fusion[1] <= clave[1] <= fusion[3]


def _exigir_numero(hoja: Hoja, sitio: Sitio) -> None:
    rotulos = [c for c in hoja.celdas.values() if isinstance(c.valor, str) and _NUMERO.match(c.valor.strip())]
    if len(rotulos) != 1:
        raise sitio.falla(f"fila {FILA_TITULO}", "un rótulo «Cuadro N.N»", f"{len(rotulos)} rótulos")
    hallado = _NUMERO.match(str(rotulos[0].valor).strip())
    if hallado and hallado[1] != sitio.hoja:
        raise sitio.falla(
            rotulos[0].coordenada,
            f"Cuadro {sitio.hoja}, como se llama la hoja",
            rotulos[0].valor,
            "el nombre de la hoja y su rótulo deben coincidir: descargue otra vez el archivo sin modificarlo",
        )


def _titulo(hoja: Hoja, sitio: Sitio) -> tuple[list[str], int]:
    """Las líneas del título y el renglón donde empieza el encabezado."""
    fila, lineas = FILA_TITULO, []
    while texto := hoja.texto(fila, 1):
        lineas.append(texto)
        fila += 1
    if not lineas:
        raise sitio.falla(f"A{FILA_TITULO}", "el título del cuadro", "celda vacía")
    return lineas, _primera_con_texto(hoja, 2, fila, sitio, "el encabezado de las columnas")


def _primera_con_texto(hoja: Hoja, columna: int, desde: int, sitio: Sitio, que: str) -> int:
    for fila in range(desde, desde + 8):
        if hoja.texto(fila, columna):
            return fila
    raise sitio.falla(f"{letra(columna)}{desde}", que, "celdas vacías")


def _es_nota(celda: Celda) -> bool:
    return isinstance(celda.valor, str) and bool(_NOTA.match(normalizar(celda.valor)))


def _columnas(hoja: Hoja, filas: range) -> dict[int, Encabezado]:
    origen = {
        (fila, columna): (arriba, izquierda)
        for arriba, izquierda, abajo, derecha in hoja.fusiones
        for fila in range(arriba, min(abajo, filas.stop) + 1)
        if fila in filas
        for columna in range(izquierda, derecha + 1)
    }
    columnas = {}
    for columna in range(2, max((c for _, c in hoja.celdas), default=1) + 1):
        # dict.fromkeys: una celda fusionada hacia abajo cuenta una vez.
        celdas = dict.fromkeys(origen.get((fila, columna), (fila, columna)) for fila in filas)
        textos = {celda: texto for celda in celdas if (texto := hoja.texto(*celda))}
        if textos:
            columnas[columna] = Encabezado(tuple(textos.values()), propio=max(textos)[1] == columna)
    return columnas


def _renglones(hoja: Hoja, filas: range, sitio: Sitio) -> list[Renglon]:
    por_fila: dict[int, dict[int, Celda]] = {}
    for (fila, columna), celda in hoja.celdas.items():
        if fila in filas and not (isinstance(celda.valor, str) and not celda.valor.strip()):
            por_fila.setdefault(fila, {})[columna] = celda
    renglones = []
    for fila, celdas in sorted(por_fila.items()):
        rotulo = celdas.pop(1, None)
        if rotulo is None or not isinstance(rotulo.valor, str):
            primera = min(celdas.values(), key=lambda c: c.columna) if rotulo is None else rotulo
            raise sitio.falla(f"A{fila}", "la etiqueta del renglón", f"{primera.coordenada} = {primera.valor!r}")
        # En 2019 algunas hojas escriben la sangría con tres espacios en vez de darla como formato.
        espacios = len(rotulo.valor) - len(rotulo.valor.lstrip(" "))
        sangria = rotulo.sangria + espacios // 3
        renglones.append(Renglon(fila, " ".join(rotulo.valor.split()), sangria, celdas))
    return renglones
