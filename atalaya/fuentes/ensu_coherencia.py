"""Lo leído de un cuadro debe cuadrar: rangos, numerador entre denominador, categorías, lugares y conteo de INEGI.

Ninguna comprobación tiene holgura de más: la tolerancia es la que deja el redondeo de cada cifra publicada.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from atalaya import catalogo, periodos
from atalaya.catalogo import CARPETA
from atalaya.fuentes.ensu_celdas import CeldaLeida
from atalaya.fuentes.ensu_descripcion import Cuadro
from atalaya.fuentes.ensu_hoja import Sitio

NACION = "MX"
DESCARGA = "descargue otra vez el archivo de inegi.org.mx sin modificarlo; si persiste, repórtelo con esa celda"
ERROR_NUMERICO = 1e-6
"""Puntos porcentuales (o personas) que deja el punto flotante de quien calculó la hoja."""

Conteo = tuple[int, int, int, int]
"""Celdas en total y de precisión alta, moderada y baja."""


def revisar(celdas: Sequence[CeldaLeida], cuadro: Cuadro, edicion: str, sitio: Sitio, carpeta: Path = CARPETA) -> None:
    """Lanza ErrorFuente en la primera celda del cuadro que no cuadre con las demás."""
    _exigir_periodos(celdas, cuadro, edicion, sitio)
    _exigir_rangos(celdas, sitio)
    _exigir_repetidas_iguales(celdas, sitio)
    _exigir_cocientes(celdas, sitio)
    _exigir_categorias(celdas, cuadro, sitio)
    if cuadro.por_lugar:
        _exigir_lugares(celdas, edicion, sitio, carpeta)


def contar(celdas: Iterable[CeldaLeida]) -> dict[str, Conteo]:
    """Por hoja, las celdas con número y clase de precisión: lo mismo que cuenta el «Resumen CV» de INEGI."""
    clases: dict[str, Counter[str]] = defaultdict(Counter)
    for celda in celdas:
        clases[celda.hoja][celda.precision or ""] += celda.precision is not None
    return {h: (n.total(), n["alta"], n["moderada"], n["baja"]) for h, n in clases.items()}


def exigir_conteo(propio: Mapping[str, Conteo], oficial: Mapping[str, Conteo], sitio: Sitio) -> None:
    """Lanza ErrorFuente si el conteo de INEGI por cuadro y clase de precisión no es el nuestro."""
    for hoja in sorted(propio.keys() | oficial.keys()):
        if propio.get(hoja) != oficial.get(hoja):
            raise sitio.falla(
                f"cuadro {hoja}",
                f"{oficial.get(hoja)} celdas (total, alta, moderada, baja) según el resumen de INEGI",
                f"{propio.get(hoja)} leídas",
                DESCARGA,
            )


def exigir_acuerdo(celdas: Iterable[CeldaLeida], archivo: str) -> None:
    """La misma cifra en dos cuadros (la serie y el de ciudades, p. ej.) debe ser la misma, salvo el redondeo.

    Lanza ErrorFuente en la primera que se contradiga.
    """
    vistas: dict[tuple[str, ...], CeldaLeida] = {}
    for celda in celdas:
        if celda.medida != "porcentaje" or celda.valor is None:
            continue
        otra = vistas.setdefault((celda.familia, celda.ventana, *_de_quien(celda)), celda)
        holgura = _medio_decimal(celda.valor) + _medio_decimal(otra.valor or 0) + ERROR_NUMERICO
        if abs(celda.valor - (otra.valor or 0)) > holgura:
            esperado = f"{otra.valor}, como en {otra.libro} › hoja {otra.hoja} › {otra.celda}"
            raise Sitio(archivo, celda.libro, celda.hoja).falla(celda.celda, esperado, celda.valor, DESCARGA)


def lugares_esperados(edicion: str, carpeta: Path = CARPETA) -> frozenset[str]:
    """La nación y las áreas urbanas que, según el catálogo, la ENSU cubre en esa edición."""
    momento = periodos.clave_orden(edicion)
    return frozenset(
        uno.lugar
        for uno in catalogo.lugares(carpeta).values()
        # El catálogo trae también otros países: la ENSU es de México.
        if (uno.lugar == NACION or uno.tipo == "area_urbana")
        and (not uno.desde or periodos.clave_orden(uno.desde) <= momento)
        and (not uno.hasta or momento <= periodos.clave_orden(uno.hasta))
    )


def _exigir_periodos(celdas: Iterable[CeldaLeida], cuadro: Cuadro, edicion: str, sitio: Sitio) -> None:
    """Un cuadro trimestral es del trimestre del zip; los demás, de un lapso que ya terminó."""
    for periodo, celda in {celda.periodo: celda.celda for celda in celdas}.items():
        if cuadro.ventana == "trimestre" and periodo != edicion:
            raise sitio.falla("título", f"el trimestre de los demás libros, {edicion}", periodo, DESCARGA)
        if periodos.clave_orden(periodo)[:2] > periodos.clave_orden(edicion)[:2]:
            raise sitio.falla(celda, f"un periodo que termine a más tardar en {edicion}", periodo, DESCARGA)


def _exigir_rangos(celdas: Iterable[CeldaLeida], sitio: Sitio) -> None:
    for celda in celdas:
        if celda.valor is None:
            continue
        if celda.medida == "porcentaje" and not 0 <= celda.valor <= 100:
            raise sitio.falla(celda.celda, "un porcentaje de 0 a 100", celda.valor, DESCARGA)
        entero = abs(celda.valor - round(celda.valor)) < ERROR_NUMERICO
        if celda.medida != "porcentaje" and not (entero and celda.valor >= 0):
            raise sitio.falla(celda.celda, "un número entero de personas u hogares", celda.valor, DESCARGA)


def _exigir_cocientes(celdas: Sequence[CeldaLeida], sitio: Sitio) -> None:
    """Numerador entre denominador da el porcentaje publicado."""
    por_celda = {celda.celda: celda for celda in celdas}
    absolutos = {_de_quien(c): c for c in celdas if c.medida == "absoluto"}
    for celda in celdas:
        if celda.medida != "porcentaje" or not (numerador := absolutos.get(_de_quien(celda))):
            continue
        if celda.estado == "no_aplica":
            continue  # en 2021T2, donde no hay policía municipal, el absoluto dice 0* en vez de NA
        if numerador.estado != celda.estado:
            raise sitio.falla(
                numerador.celda, f"lo mismo que {celda.celda}: {_dicho(celda)}", _dicho(numerador), DESCARGA
            )
        denominador = por_celda.get(celda.denominador)
        if celda.valor is None or numerador.valor is None or denominador is None or not denominador.valor:
            continue
        calculado = 100 * numerador.valor / denominador.valor
        if abs(celda.valor - calculado) > _redondeo(celda.valor, numerador.valor, denominador.valor):
            esperado = f"{numerador.celda} / {denominador.celda} = {numerador.valor:.0f} / {denominador.valor:.0f}"
            raise sitio.falla(celda.celda, f"{esperado} = {calculado:.4f} %", celda.valor, DESCARGA)


def _redondeo(porcentaje: float, numerador: float, denominador: float) -> float:
    """Lo más que puede separarse el porcentaje: absolutos redondeados a unidades y él a los decimales que trae."""
    de_absolutos = 50 * (denominador + numerador) / (denominador * (denominador - 0.5))
    return de_absolutos + _medio_decimal(porcentaje) + ERROR_NUMERICO


def _medio_decimal(valor: float) -> float:
    texto = repr(valor)
    return 0.0 if "e" in texto else 0.5 * 10.0 ** -len(texto.partition(".")[2])


def _exigir_repetidas_iguales(celdas: Iterable[CeldaLeida], sitio: Sitio) -> None:
    """La Laguna se publica en Coahuila y en Durango: mismo lugar, misma cifra."""
    vistas: dict[tuple[str, ...], CeldaLeida] = {}
    for celda in celdas:
        otra = vistas.setdefault((*_de_quien(celda), celda.medida), celda)
        igual = (otra.texto, otra.precision) == (celda.texto, celda.precision)
        if not igual or abs((otra.valor or 0) - (celda.valor or 0)) > ERROR_NUMERICO:
            esperado = f"lo mismo que {otra.celda} (mismo lugar y rubro): {_dicho(otra)}"
            raise sitio.falla(celda.celda, esperado, _dicho(celda), DESCARGA)


def _exigir_categorias(celdas: Iterable[CeldaLeida], cuadro: Cuadro, sitio: Sitio) -> None:
    if not cuadro.excluyentes:
        return
    grupos: dict[tuple[str, ...], dict[tuple[str, str], CeldaLeida]] = defaultdict(dict)
    for celda in celdas:
        if celda.medida != "porcentaje" or celda.valor is None:
            continue
        if cuadro.excluyentes == "opcion" and celda.opcion in (cuadro.opcion, cuadro.denominador):
            continue
        otra = celda.opcion if cuadro.excluyentes == "rubro" else celda.rubro
        grupos[celda.periodo, celda.lugar, celda.desglose, otra][celda.rubro, celda.opcion] = celda
    for grupo in grupos.values():
        suma = sum(c.valor or 0 for c in grupo.values())
        if suma > 100 + sum(_medio_decimal(c.valor or 0) for c in grupo.values()) + ERROR_NUMERICO:
            de = " + ".join(c.celda for c in grupo.values())
            raise sitio.falla(de, "respuestas excluyentes que no sumen más de 100 %", f"{suma:.4f} %", DESCARGA)


def _exigir_lugares(celdas: Iterable[CeldaLeida], edicion: str, sitio: Sitio, carpeta: Path) -> None:
    presentes = {celda.lugar for celda in celdas}
    esperados = lugares_esperados(edicion, carpeta)
    nombres = catalogo.lugares(carpeta)
    if faltan := sorted(esperados - presentes):
        lista = ", ".join(f"{nombres[lugar].nombre} ({lugar})" for lugar in faltan)
        raise sitio.falla(
            "columna A", f"las {len(esperados) - 1} áreas urbanas de {edicion}", f"falta {lista}", DESCARGA
        )
    if sobran := sorted(presentes - esperados):
        lista = ", ".join(f"{nombres[lugar].nombre} ({lugar})" for lugar in sobran)
        remedio = "si INEGI la añadió o la retomó, actualice desde y hasta en datos/catalogo/lugares.csv"
        raise sitio.falla("columna A", f"sólo las áreas urbanas de {edicion}", f"también {lista}", remedio)


def _de_quien(celda: CeldaLeida) -> tuple[str, ...]:
    return celda.periodo, celda.lugar, celda.desglose, celda.rubro, celda.opcion


def _dicho(celda: CeldaLeida) -> str:
    return celda.texto or f"{celda.valor} (precisión {celda.precision})"
