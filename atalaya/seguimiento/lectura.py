"""Los archivos de un observatorio, como de verdad los guarda la gente, llevados a la forma canónica de los contratos.

Un CSV es una tabla; un XLSX, una por hoja a la vista. La tabla se reconoce por su encabezado.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Final

from atalaya.errores import ErrorArchivo
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
        lectura.avisos.append(f"{archivo}: las hojas ocultas no se leen ({', '.join(ocultas)}).")
    for hoja in hojas:
        if clave(hoja.nombre) in HOJAS_NUESTRAS or not hoja.renglones:
            continue
        if hoja.con_formulas:
            lectura.avisos.append(f"{archivo} › {hoja.nombre}: de las fórmulas se tomó el resultado guardado.")
        _tabla(archivo, hoja.nombre, hoja.renglones, "", todos, lectura, exigir=False)
    if not lectura.leidas and not lectura.hallazgos:
        lectura.hallazgos.append(_sin_tabla(archivo, "", "; ".join(h.nombre for h in hojas) or "ninguna hoja"))


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
            primero = ", ".join(celda.strip() for celda in renglones[0][1] if celda.strip()) if renglones else "nada"
            lectura.hallazgos.append(_sin_tabla(archivo, hoja, primero[:200]))
        else:
            lectura.avisos.append(f"{archivo} › {hoja}: no se reconoció ninguna tabla en esta hoja; no se leyó.")
        return
    numero, cuerpo = renglones[hallado.renglon][0], []
    for fila, celdas in renglones[hallado.renglon + 1 :]:
        if que := que_no_es(hallado, celdas):
            lectura.avisos.append(f"{archivo}{f' › {hoja}' if hoja else ''}: la fila {fila} {que} y no se leyó.")
        else:
            cuerpo.append((fila, celdas))
    if len(cuerpo) > limites.MAX_FILAS:
        raise limites.demasiadas(f"{archivo} › {hoja}" if hoja else archivo)
    fijas = _faltas_de_encabezado(archivo, hoja, numero, hallado)
    lectura.hallazgos += fijas
    _avisar(archivo, hoja, hallado, lectura)
    if not cuerpo and not fijas:
        lectura.hallazgos.append(
            Hallazgo(archivo, hoja, hallado.contrato.tabla, numero + 1, "", "al menos un renglón", "sólo el encabezado",
                     "llene la plantilla debajo del encabezado")
        )  # fmt: skip
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
        Hallazgo(archivo, hoja, tabla, fila, columna, f"la columna {columna} ({_describe(hallado.contrato, columna)})",
                 "no está en el encabezado", f"agréguela; la plantilla de {tabla} las trae todas")
        for columna in hallado.faltan
    ]  # fmt: skip
    return faltan + [
        Hallazgo(archivo, hoja, tabla, fila, columna, "cada columna una sola vez", f"dos o más se llaman {columna}",
                 "deje una sola")
        for columna in hallado.repetidas
    ]  # fmt: skip


def _avisar(archivo: str, hoja: str, hallado: Encabezado, lectura: Lectura) -> None:
    donde = f"{archivo} › {hoja}" if hoja else archivo
    if hallado.de_mas:
        dichas = ", ".join(_corto(una, 60) for una in hallado.de_mas[:20])
        lectura.avisos.append(f"{donde}: columnas de más, que no se leyeron: {dichas}.")
    llenadas = [c for c in del_archivo(hallado.contrato) if c not in hallado.columnas]
    if llenadas:
        lectura.avisos.append(f"{donde}: sin {' ni '.join(llenadas)}: se llenan con el nombre del archivo y la fila.")


def _sobrantes(
    archivo: str, hoja: str, hallado: Encabezado, cuerpo: Sequence[tuple[int, Sequence[str]]], lectura: Lectura
) -> None:
    """Una celda llena más allá del encabezado suele ser un separador en un texto: nada de esa fila es de fiar."""
    ancho = len(hallado.columnas)
    for fila, celdas in cuerpo:
        if sobra := next((celda for celda in celdas[ancho:] if celda.strip()), ""):
            lectura.hallazgos.append(
                Hallazgo(archivo, hoja, hallado.contrato.tabla, fila, "", f"{ancho} celdas, como el encabezado",
                         f"más: {_corto(sobra, 60)}", "ponga entre comillas el texto que lleva el separador")
            )  # fmt: skip


def _sin_tabla(archivo: str, hoja: str, recibido: str) -> Hallazgo:
    return Hallazgo(
        archivo, hoja, "", None, "", "el encabezado de alguna de las tablas, en sus primeros renglones",
        _corto(recibido), "descargue la plantilla de la tabla y copie debajo sus datos",
    )  # fmt: skip


def _describe(uno: Contrato, nombre: str) -> str:
    return next(c.describe for c in uno.columnas if c.columna == nombre)


def _en(celdas: Sequence[str], k: int | None) -> str:
    return celdas[k] if k is not None and k < len(celdas) else ""


def _pasaje(hoja: str, fila: int) -> str:
    return f"hoja {hoja}, fila {fila}" if hoja else f"fila {fila}"


def _corto(texto: str, largo: int = 120) -> str:
    visto = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in texto)
    return visto if len(visto) <= largo else visto[: largo - 1] + "…"


def _nombre_llano(archivo: str) -> str:
    """Sólo el nombre, sin carpetas ni caracteres que no se vean."""
    solo = archivo.replace("\\", "/").rsplit("/", 1)[-1]
    return _corto(solo, 120) or "archivo"
