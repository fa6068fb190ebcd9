"""Los archivos de un observatorio, como de verdad los guarda la gente, llevados a la forma canónica de los contratos.

Un CSV es una tabla; un XLSX, una por hoja a la vista. La tabla se reconoce por su encabezado.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Final

from atalaya.errores import ErrorArchivo
from atalaya.idiomas import tr
from atalaya.seguimiento import canon, descifrado, libros, limites, numeros
from atalaya.seguimiento.contratos import Contrato, contratos
from atalaya.seguimiento.encabezado import Encabezado, clave, contador, del_archivo, que_no_es, reconocer

HOJAS_NUESTRAS: Final = ("instrucciones", "valores")
"""Las que llevan nuestras plantillas y no son tabla."""


@dataclass(frozen=True, slots=True)
class Hallazgo:
    """Una falta en un archivo: dónde, qué se esperaba, qué llegó y qué hacer. Sin fila, es de todo el archivo."""

    archivo: str
    hoja: str
    tabla: str
    fila: int | None
    columna: str
    esperado: str
    recibido: str
    remedio: str


@dataclass(frozen=True, slots=True)
class Leida:
    """Una tabla leída: sus filas canónicas, el renglón de cada una y qué columnas se llenaron con el archivo."""

    archivo: str
    hoja: str
    contrato: Contrato
    filas: list[dict[str, str]]
    renglones: list[int]
    llenadas: tuple[str, ...]
    raras: frozenset[tuple[int, str]]
    """(renglón, columna) de las celdas cuya falta ya está dicha."""


@dataclass(slots=True)
class Lectura:
    """Lo que había en uno o varios archivos: tablas, faltas y lo que conviene saber aunque no estorbe."""

    leidas: list[Leida] = field(default_factory=list)
    hallazgos: list[Hallazgo] = field(default_factory=list)
    avisos: list[str] = field(default_factory=list)


def leer(archivo: str, contenido: bytes, todos: Mapping[str, Contrato] | None = None) -> Lectura:
    """Lee un archivo entero. No lanza: lo que no se puede leer es una falta más."""
    todos = contratos() if todos is None else todos
    lectura = Lectura()
    archivo = _nombre_llano(archivo)
    try:
        limites.exigir(archivo, contenido)
        if limites.es_libro(contenido):
            _libro(archivo, contenido, todos, lectura)
        else:
            texto = descifrado.descifrar(archivo, contenido)
            separador, renglones = descifrado.separar(archivo, texto, contador(todos))
            # Con «;» Excel escribe coma decimal, pero no siempre: lo ambiguo se pregunta. Con «,», punto decimal.
            decimal: numeros.Decimal_ = "" if separador == ";" else "."
            _tabla(archivo, "", renglones, decimal, todos, lectura, exigir=True)
    except ErrorArchivo as falla:
        lectura.hallazgos.append(Hallazgo(archivo, "", "", None, "", falla.esperado, falla.recibido, falla.remedio))
        lectura.leidas.clear()
    return lectura


def _libro(archivo: str, contenido: bytes, todos: Mapping[str, Contrato], lectura: Lectura) -> None:
    hojas, ocultas = libros.hojas(archivo, contenido)
    if ocultas := [h for h in ocultas if clave(h) not in HOJAS_NUESTRAS]:
        lectura.avisos.append(
            tr("{archivo}: las hojas ocultas no se leen ({ocultas}).", archivo=archivo, ocultas=", ".join(ocultas))
        )
    for hoja in hojas:
        if clave(hoja.nombre) in HOJAS_NUESTRAS or not hoja.renglones:
            continue
        if hoja.con_formulas:
            lectura.avisos.append(
                tr(
                    "{archivo} › {nombre}: de las fórmulas se tomó el resultado guardado.",
                    archivo=archivo,
                    nombre=hoja.nombre,
                )
            )
        _tabla(archivo, hoja.nombre, hoja.renglones, "", todos, lectura, exigir=False)
    if not lectura.leidas and not lectura.hallazgos:
        lectura.hallazgos.append(_sin_tabla(archivo, "", "; ".join(h.nombre for h in hojas) or tr("ninguna hoja")))


def _tabla(
    archivo: str,
    hoja: str,
    renglones: descifrado.Renglones,
    decimal: numeros.Decimal_,
    todos: Mapping[str, Contrato],
    lectura: Lectura,
    exigir: bool,
) -> None:
    hallado = reconocer(hoja or archivo, renglones, todos) or reconocer(archivo, renglones, todos)
    if hallado is None:
        if exigir:
            primero = (
                ", ".join(celda.strip() for celda in renglones[0][1] if celda.strip()) if renglones else tr("nada")
            )
            lectura.hallazgos.append(_sin_tabla(archivo, hoja, primero[:200]))
        else:
            lectura.avisos.append(
                tr(
                    "{archivo} › {hoja}: no se reconoció ninguna tabla en esta hoja; no se leyó.",
                    archivo=archivo,
                    hoja=hoja,
                )
            )
        return
    numero, cuerpo = renglones[hallado.renglon][0], []
    for fila, celdas in renglones[hallado.renglon + 1 :]:
        if que := que_no_es(hallado, celdas):
            lectura.avisos.append(
                tr(
                    "{archivo}{dicho}: la fila {fila} {que} y no se leyó.",
                    archivo=archivo,
                    dicho=f" › {hoja}" if hoja else "",
                    fila=fila,
                    que=que,
                )
            )
        else:
            cuerpo.append((fila, celdas))
    if len(cuerpo) > limites.MAX_FILAS:
        raise limites.demasiadas(f"{archivo} › {hoja}" if hoja else archivo)
    fijas = _faltas_de_encabezado(archivo, hoja, numero, hallado)
    lectura.hallazgos += fijas
    _avisar(archivo, hoja, hallado, lectura)
    if not cuerpo and not fijas:
        lectura.hallazgos.append(
            Hallazgo(
                archivo,
                hoja,
                hallado.contrato.tabla,
                numero + 1,
                "",
                tr("al menos un renglón"),
                tr("sólo el encabezado"),
                tr("llene la plantilla debajo del encabezado"),
            )
        )
    if not fijas:
        lectura.leidas.append(_llevar(archivo, hoja, hallado, cuerpo, decimal, lectura))


def _llevar(
    archivo: str,
    hoja: str,
    hallado: Encabezado,
    cuerpo: descifrado.Renglones,
    decimal: numeros.Decimal_,
    lectura: Lectura,
) -> Leida:
    """Las filas canónicas. Las faltas que sólo aquí se ven quedan en la lectura."""
    uno = hallado.contrato
    lugar_de = {columna: k for k, columna in enumerate(hallado.columnas) if columna}
    celdas = {c.columna: [_en(fila, lugar_de.get(c.columna)) for _, fila in cuerpo] for c in uno.columnas}
    llenadas = tuple(c for c in del_archivo(uno) if not any(map(str.strip, celdas[c])))
    de_cifras = [celda for c in uno.columnas if c.tipo in ("numero", "pct", "entero") for celda in celdas[c.columna]]
    decimal = numeros.decimal_de(de_cifras) or decimal
    filas: list[dict[str, str]] = [{} for _ in cuerpo]
    raras = set()
    for columna in uno.columnas:
        como = canon.costumbre(columna, celdas[columna.columna], decimal)
        for k, cruda in enumerate(celdas[columna.columna]):
            valor, rara = canon.llevar(columna, cruda, como)
            filas[k][columna.columna] = valor
            if rara:
                fila = cuerpo[k][0]
                raras.add((fila, columna.columna))
                lectura.hallazgos.append(
                    Hallazgo(
                        archivo, hoja, uno.tabla, fila, columna.columna, rara.esperado, _corto(cruda), rara.remedio
                    )
                )
    for k, (fila, _) in enumerate(cuerpo):
        propios = {"documento": clave_de_archivo(archivo), "pasaje": _pasaje(hoja, fila)}
        filas[k] |= {c: propios[c] for c in llenadas}
    _sobrantes(archivo, hoja, hallado, cuerpo, lectura)
    return Leida(archivo, hoja, uno, filas, [fila for fila, _ in cuerpo], llenadas, frozenset(raras))


def clave_de_archivo(archivo: str) -> str:
    """La clave del documento que es el propio archivo."""
    return f"archivo_{clave(PurePath(archivo).stem)[:60] or 'sin_nombre'}"


def _faltas_de_encabezado(archivo: str, hoja: str, fila: int, hallado: Encabezado) -> list[Hallazgo]:
    tabla = hallado.contrato.tabla
    faltan = [
        Hallazgo(
            archivo,
            hoja,
            tabla,
            fila,
            columna,
            tr("la columna {columna} ({describe})", columna=columna, describe=_describe(hallado.contrato, columna)),
            tr("no está en el encabezado"),
            tr("agréguela; la plantilla de {tabla} las trae todas", tabla=tabla),
        )
        for columna in hallado.faltan
    ]
    return faltan + [
        Hallazgo(
            archivo,
            hoja,
            tabla,
            fila,
            columna,
            tr("cada columna una sola vez"),
            tr("dos o más se llaman {columna}", columna=columna),
            tr("deje una sola"),
        )
        for columna in hallado.repetidas
    ]


def _avisar(archivo: str, hoja: str, hallado: Encabezado, lectura: Lectura) -> None:
    donde = f"{archivo} › {hoja}" if hoja else archivo
    if hallado.de_mas:
        dichas = ", ".join(_corto(una, 60) for una in hallado.de_mas[:20])
        lectura.avisos.append(tr("{donde}: columnas de más, que no se leyeron: {dichas}.", donde=donde, dichas=dichas))
    llenadas = [c for c in del_archivo(hallado.contrato) if c not in hallado.columnas]
    if llenadas:
        lectura.avisos.append(
            tr(
                "{donde}: sin {llenadas}: se llenan con el nombre del archivo y la fila.",
                donde=donde,
                llenadas=" ni ".join(llenadas),
            )
        )


def _sobrantes(
    archivo: str, hoja: str, hallado: Encabezado, cuerpo: Sequence[tuple[int, Sequence[str]]], lectura: Lectura
) -> None:
    """Una celda llena más allá del encabezado suele ser un separador en un texto: nada de esa fila es de fiar."""
    ancho = len(hallado.columnas)
    for fila, celdas in cuerpo:
        if sobra := next((celda for celda in celdas[ancho:] if celda.strip()), ""):
            lectura.hallazgos.append(
                Hallazgo(
                    archivo,
                    hoja,
                    hallado.contrato.tabla,
                    fila,
                    "",
                    tr("{ancho} celdas, como el encabezado", ancho=ancho),
                    tr("más: {corto}", corto=_corto(sobra, 60)),
                    tr("ponga entre comillas el texto que lleva el separador"),
                )
            )


def _sin_tabla(archivo: str, hoja: str, recibido: str) -> Hallazgo:
    return Hallazgo(
        archivo,
        hoja,
        "",
        None,
        "",
        tr("el encabezado de alguna de las tablas, en sus primeros renglones"),
        _corto(recibido),
        tr("descargue la plantilla de la tabla y copie debajo sus datos"),
    )


def _describe(uno: Contrato, nombre: str) -> str:
    return next(c.describe for c in uno.columnas if c.columna == nombre)


def _en(celdas: Sequence[str], k: int | None) -> str:
    return celdas[k] if k is not None and k < len(celdas) else ""


def _pasaje(hoja: str, fila: int) -> str:
    return tr("hoja {hoja}, fila {fila}", hoja=hoja, fila=fila) if hoja else tr("fila {fila}", fila=fila)


def _corto(texto: str, largo: int = 120) -> str:
    visto = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in texto)
    return visto if len(visto) <= largo else visto[: largo - 1] + "…"


def _nombre_llano(archivo: str) -> str:
    """Sólo el nombre, sin carpetas ni caracteres que no se vean."""
    solo = archivo.replace("\\", "/").rsplit("/", 1)[-1]
    return _corto(solo, 120) or "archivo"
