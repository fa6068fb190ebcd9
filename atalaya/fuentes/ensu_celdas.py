"""De un cuadro desarmado a celdas con nombre: lugar, desglose, rubro, opción, periodo, medida, valor y precisión."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from atalaya import catalogo
from atalaya.catalogo import CARPETA
from atalaya.errores import ErrorFuente
from atalaya.fuentes.ensu_columnas import Columna, Contenido, interpretar_columnas, leer_contenido
from atalaya.fuentes.ensu_descripcion import Cuadro, combinaciones, cuadros, es_universo, etiquetas, llano
from atalaya.fuentes.ensu_hoja import Renglon, Sitio, Tabulado
from atalaya.fuentes.ensu_periodos import de_titulo
from atalaya.fuentes.libro import Celda, letra


class CeldaLeida(NamedTuple):
    """Una fila de la tabla `celdas`: una celda de INEGI y todo lo que hace falta para saber qué dice."""

    libro: str
    hoja: str
    celda: str
    cuadro: str
    familia: str
    ventana: str
    periodo: str
    lugar: str
    desglose: str
    rubro: str
    opcion: str
    medida: str  # porcentaje, absoluto o denominador
    texto: str  # tal como se publicó, cuando no es un número: ND, NA, NS, 0.0*
    valor: float | None
    estado: str
    precision: str | None  # nula si no hay número o si es una estimación cualitativa
    denominador: str  # coordenada de la celda que sirve de denominador a ésta


class Dimension(NamedTuple):
    """Lo que una etiqueta pone en una dimensión: su clave y la celda con su propio denominador, si la trae."""

    clave: str
    denominador: str


Contexto = dict[str, Dimension]


def interpretar(tabulado: Tabulado, carpeta: Path = CARPETA) -> list[CeldaLeida]:
    """Todas las celdas del cuadro. Lanza ErrorFuente en la primera que el catálogo no explique."""
    cuadro, periodo = describir(tabulado, carpeta)
    columnas = interpretar_columnas(tabulado, cuadro, carpeta)
    lector = _Lector(tabulado.sitio, cuadro, periodo, columnas, carpeta)
    celdas = [celda for renglon in tabulado.renglones for celda in lector.leer(renglon)]
    lector.exigir_nada_pendiente()
    return celdas


def describir(tabulado: Tabulado, carpeta: Path = CARPETA) -> tuple[Cuadro, str]:
    """La descripción del cuadro en `cuadros.csv` y el periodo de su título. Lanza ErrorFuente si nadie lo describió."""
    sitio = tabulado.sitio
    lapso = de_titulo(tabulado.periodo)
    if lapso is None:
        esperado = "un periodo como «Junio 2025», «Enero - Junio 2025» o «Serie histórica»"
        raise sitio.falla("título", esperado, tabulado.periodo)
    conocidos = cuadros(carpeta)
    cuadro = conocidos.get((llano(tabulado.titulo), lapso.ventana))
    if cuadro is None:
        parecidos = difflib.get_close_matches(llano(tabulado.titulo), [titulo for titulo, _ in conocidos], 1, 0.6)
        esperado = f"un cuadro de cuadros.csv de ventana «{lapso.ventana}»"
        raise sitio.falla("título", esperado + (f", como «{parecidos[0]}»" if parecidos else ""), tabulado.titulo)
    universo = tabulado.columnas[2].textos[0]
    if not es_universo(cuadro, universo):
        raise sitio.falla("columna B", f"el encabezado «{cuadro.universo}»", universo)
    return cuadro, lapso.periodo


class _Lector:
    """Recorre los renglones llevando la cuenta de en qué lugar, sexo, edad, rubro y opción va."""

    def __init__(self, sitio: Sitio, cuadro: Cuadro, periodo: str, columnas: dict[int, Columna], carpeta: Path) -> None:
        self.sitio = sitio
        self.cuadro = cuadro
        self.orden = cuadro.orden
        self.periodo = periodo
        self.columnas = columnas
        self.carpeta = carpeta
        self.ventana = cuadro.ventana if cuadro.ventana == "nueve_meses" else ""
        self.entidad = ""
        self.contexto: Contexto = {"lugar": Dimension("MX", "")}
        self.pendiente: tuple[Renglon, int] | None = None

    def leer(self, renglon: Renglon) -> Iterator[CeldaLeida]:
        """Las celdas de un renglón; ninguna si sólo encabeza a los que siguen."""
        datos = {n: c for n, c in renglon.celdas.items() if n in self.columnas}
        self._exigir_separadores_vacios(renglon)
        dimension, clave = self._ubicar(renglon, bool(datos))
        nivel = self.orden.index(dimension) if dimension else -1
        self._exigir_cifras(renglon, nivel, bool(datos))
        if not dimension:
            return
        propio = self._denominador_propio(datos)
        for interior in self.orden[nivel:]:
            self.contexto.pop(interior, None)
        self.contexto[dimension] = Dimension(clave, propio.coordenada if propio else "")
        if propio:
            yield self._celda(propio, leer_contenido(propio, self.sitio), self.columnas[propio.columna], "")
        yield from self._cifras(renglon, datos)

    def exigir_nada_pendiente(self) -> None:
        """Lanza ErrorFuente si el último renglón del cuadro quedó sin cifras."""
        if self.pendiente:
            raise self._sin_cifras(self.pendiente[0])

    def _cifras(self, renglon: Renglon, datos: dict[int, Celda]) -> Iterator[CeldaLeida]:
        presentes = {n: datos[n] for n in self.columnas if n in datos and self.columnas[n].medida != "denominador"}
        if not presentes:
            return
        for numero, columna in self.columnas.items():
            # El renglón de la nación en «utilización y sensación» no trae la pareja que es denominador de las otras.
            prescindible = columna.medida == "denominador" or self._opcion(numero) == self.cuadro.denominador != ""
            if numero not in datos and not prescindible:
                raise self.sitio.falla(f"{letra(numero)}{renglon.fila}", "una cifra, ND, NA o NS", "celda vacía")
        contenidos = {n: leer_contenido(celda, self.sitio) for n, celda in presentes.items()}
        cualitativas = {self._grupo(n) for n, c in contenidos.items() if c.texto.endswith("*")}
        base = next((c.coordenada for n, c in presentes.items() if self._es_base(n)), "")
        for numero, celda in presentes.items():
            contenido = contenidos[numero]
            if self._grupo(numero) in cualitativas:
                contenido = contenido._replace(precision=None)
            denominador = self._denominador() if not base or self._opcion(numero) == self.cuadro.denominador else base
            yield self._celda(celda, contenido, self.columnas[numero], denominador)

    def _celda(self, celda: Celda, contenido: Contenido, columna: Columna, denominador: str) -> CeldaLeida:
        claves = {dimension: valor.clave for dimension, valor in self.contexto.items()}
        desgloses = [self.cuadro.desglose, claves.get("sexo", ""), claves.get("edad", "")]
        rubro = columna.rubro or claves.get("rubro", "")
        opcion = columna.opcion or claves.get("opcion", "") or self.cuadro.opcion
        if columna.medida == "denominador":
            opcion = ""
        elif (self.cuadro.familia, rubro, opcion, self.ventana) not in combinaciones(self.carpeta):
            raise self.sitio.falla(
                celda.coordenada,
                f"un rubro de rubros.csv en la familia «{self.cuadro.familia}»",
                f"rubro «{rubro}», opción «{opcion}»",
            )
        return CeldaLeida(
            libro=self.sitio.libro,
            hoja=self.sitio.hoja,
            celda=celda.coordenada,
            cuadro=self.cuadro.cuadro,
            familia=self.cuadro.familia,
            ventana=self.ventana,
            periodo=columna.periodo or self.periodo,
            lugar=claves["lugar"],
            desglose="|".join(d for d in desgloses if d) or "total",
            rubro=rubro,
            opcion=opcion,
            medida=columna.medida,
            texto=contenido.texto,
            valor=contenido.valor,
            estado=contenido.estado,
            precision=contenido.precision,
            denominador=denominador,
        )

    def _ubicar(self, renglon: Renglon, con_datos: bool) -> tuple[str, str]:
        """(dimensión, clave) que pone la etiqueta; dimensión vacía si sólo es un título o una entidad."""
        lugar = self._lugar(renglon.etiqueta, con_datos)
        if lugar is not None:
            return lugar
        etiqueta = etiquetas(self.cuadro.familia, self.carpeta).get(llano(renglon.etiqueta))
        if etiqueta is not None and etiqueta.papel == "titulo" and not con_datos:
            return "", ""
        if etiqueta is not None and etiqueta.papel in self.orden:
            return etiqueta.papel, etiqueta.clave
        raise self._etiqueta_nueva(renglon)

    def _lugar(self, etiqueta: str, con_datos: bool) -> tuple[str, str] | None:
        amplio = _variante(etiqueta, "", self.carpeta)
        if amplio == "MX":
            self.entidad = ""
            return "lugar", amplio
        if not self.cuadro.por_lugar:
            return None
        if amplio and not con_datos:
            self.entidad = amplio
            return "", ""
        ciudad = _variante(etiqueta, self.entidad, self.carpeta) if self.entidad else ""
        return ("lugar", ciudad) if ciudad else None

    def _exigir_separadores_vacios(self, renglon: Renglon) -> None:
        """Fuera de las columnas con encabezado sólo cabe el asterisco de las estimaciones cualitativas."""
        for numero, celda in renglon.celdas.items():
            if numero not in self.columnas and str(celda.valor).strip() != "*":
                raise self.sitio.falla(celda.coordenada, "nada en una columna sin encabezado", repr(celda.valor))

    def _exigir_cifras(self, renglon: Renglon, nivel: int, con_datos: bool) -> None:
        """Un renglón sin cifras sólo se admite si encabeza al siguiente (más adentro, o con más sangría)."""
        if self.pendiente and nivel >= 0:
            previo, nivel_previo = self.pendiente
            if nivel <= nivel_previo and renglon.sangria <= previo.sangria:
                raise self._sin_cifras(previo)
        self.pendiente = (renglon, nivel) if nivel >= 0 and not con_datos else None

    def _sin_cifras(self, renglon: Renglon) -> ErrorFuente:
        return self.sitio.falla(f"B{renglon.fila}", f"cifras de «{renglon.etiqueta}»", "un renglón vacío")

    def _etiqueta_nueva(self, renglon: Renglon) -> ErrorFuente:
        conocidas = etiquetas(self.cuadro.familia, self.carpeta)
        esperado = f"una etiqueta de la familia «{self.cuadro.familia}» en rubro_etiquetas.csv"
        if self.cuadro.por_lugar:
            esperado += " o un lugar de lugar_variantes.csv"
        parecidas = difflib.get_close_matches(llano(renglon.etiqueta), conocidas, 1, 0.7)
        pista = f", como «{conocidas[parecidas[0]].etiqueta}»" if parecidas else ""
        return self.sitio.falla(f"A{renglon.fila}", esperado + pista, f"«{renglon.etiqueta}»")

    def _denominador_propio(self, datos: dict[int, Celda]) -> Celda | None:
        return next((c for n, c in datos.items() if self.columnas[n].medida == "denominador"), None)

    def _denominador(self) -> str:
        """El del renglón o, si no trae, el del más interior de los que lo contienen."""
        for dimension in reversed(self.orden):
            if dimension in self.contexto and self.contexto[dimension].denominador:
                return self.contexto[dimension].denominador
        return ""

    def _opcion(self, numero: int) -> str:
        return self.columnas[numero].opcion or self.cuadro.opcion

    def _grupo(self, numero: int) -> tuple[str, str, str]:
        columna = self.columnas[numero]
        return columna.periodo, columna.rubro, columna.opcion

    def _es_base(self, numero: int) -> bool:
        opcion = self.cuadro.denominador
        return bool(opcion) and self._opcion(numero) == opcion and self.columnas[numero].medida == "absoluto"


@cache
def _variante(nombre: str, entidad: str, carpeta: Path) -> str:
    lugar = catalogo.lugar_por_variante(nombre, entidad, carpeta)
    return lugar.lugar if lugar else ""
