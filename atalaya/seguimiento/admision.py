"""Si lo que traen unos archivos entra: todas sus faltas juntas, o las filas nuevas de cada tabla. Todo o nada."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from atalaya.idiomas import tr
from atalaya.seguimiento.contratos import Contrato, contratos
from atalaya.seguimiento.guardadas import Fila
from atalaya.seguimiento.lectura import Hallazgo, Lectura, Leida, clave_de_archivo, leer
from atalaya.seguimiento.revision import revisar

MAX_FALTAS: Final = 5_000
"""Un archivo con la columna corrida tiene una por celda; a partir de aquí sólo se cuentan."""


@dataclass(frozen=True, slots=True)
class Admision:
    """`nuevas`: lo que se agrega a cada tabla; vacío si hay faltas. `ya_estaban`: cuántas filas no cambian nada."""

    nuevas: Mapping[str, list[Fila]]
    ya_estaban: int
    hallazgos: Sequence[Hallazgo]
    avisos: Sequence[str]

    @property
    def aceptada(self) -> bool:
        """Si no hay ninguna falta."""
        return not self.hallazgos

    @property
    def cuantas(self) -> int:
        """Cuántas filas entran."""
        return sum(map(len, self.nuevas.values()))


def admitir(
    archivos: Iterable[tuple[str, bytes]],
    vigentes: Mapping[str, list[Fila]],
    todos: Mapping[str, Contrato] | None = None,
) -> Admision:
    """Lee los archivos y los compara con las tablas vigentes: ninguna fila puede pisar otra con su misma llave."""
    todos = contratos() if todos is None else todos
    leida = Lectura()
    for nombre, contenido in archivos:
        una = leer(nombre, contenido, todos)
        leida.leidas += una.leidas
        leida.hallazgos += una.hallazgos
        leida.avisos += una.avisos
    leidas = [*_documentos_propios(leida.leidas, todos, vigentes), *leida.leidas]
    claves = _claves(leidas, vigentes, todos)
    hallazgos = list(leida.hallazgos)
    for tabla in leidas:
        hallazgos += _revisada(tabla, claves)
    nuevas, repetidas, choques = _por_agregar(leidas, vigentes)
    # De una fila con faltas no se dice además que choca: corregida, quizá ya no.
    con_falta = {(h.archivo, h.hoja, h.fila) for h in hallazgos}
    hallazgos = _en_orden([*hallazgos, *(c for c in choques if (c.archivo, c.hoja, c.fila) not in con_falta)])
    if hallazgos:
        return Admision({}, 0, hallazgos, leida.avisos)
    return Admision(nuevas, repetidas, (), leida.avisos)


def _revisada(una: Leida, claves: Mapping[str, set[str]]) -> list[Hallazgo]:
    """Las faltas canónicas, con la fila del archivo; no se repite la de una celda que ya tiene la suya."""
    salida = []
    for falta in revisar(una.contrato, list(zip(una.renglones, una.filas, strict=True)), claves):
        if (falta.fila, falta.columna) not in una.raras:
            salida.append(
                Hallazgo(
                    una.archivo,
                    una.hoja,
                    falta.tabla,
                    falta.fila,
                    falta.columna,
                    falta.esperado,
                    falta.recibido,
                    falta.remedio,
                )
            )
    return salida


def _documentos_propios(
    leidas: Sequence[Leida], todos: Mapping[str, Contrato], vigentes: Mapping[str, list[Fila]]
) -> list[Leida]:
    """El renglón de `documentos` de cada archivo que cita a sí mismo, si no lo trae ni está ya."""
    if "documentos" not in todos:
        return []
    dichos = {fila["documento"] for fila in vigentes.get("documentos", [])}
    dichos |= {fila["documento"] for una in leidas if una.contrato.tabla == "documentos" for fila in una.filas}
    propios = {una.archivo: una.hoja for una in leidas if "documento" in una.llenadas}
    filas = []
    for archivo in propios:
        clave = clave_de_archivo(archivo)
        if clave not in dichos:
            dichos.add(clave)
            dicho = {
                "documento": clave,
                "titulo": archivo.lstrip("=+-@ ") or "archivo",
                "autoria": "El propio observatorio",
                "clase": "archivo propio",
                "nota": "Es el archivo que se trajo: cada dato dice de qué fila salió.",
            }
            filas.append({nombre: dicho.get(nombre, "") for nombre in todos["documentos"].nombres})
    return [Leida(fila["titulo"], "", todos["documentos"], [fila], [1], (), frozenset()) for fila in filas]


def _claves(
    leidas: Sequence[Leida], vigentes: Mapping[str, list[Fila]], todos: Mapping[str, Contrato]
) -> dict[str, set[str]]:
    """Las claves a que se puede referir cada tabla: las vigentes y las que vienen en los mismos archivos."""
    primera = {nombre: uno.llave[0] for nombre, uno in todos.items()}
    claves = {n: {fila[primera[n]] for fila in filas} for n, filas in vigentes.items() if n in primera}
    for una in leidas:
        claves.setdefault(una.contrato.tabla, set()).update(f[una.contrato.llave[0]] for f in una.filas)
    return claves


def _por_agregar(
    leidas: Sequence[Leida], vigentes: Mapping[str, list[Fila]]
) -> tuple[dict[str, list[Fila]], int, list[Hallazgo]]:
    """Las filas que no estaban, cuántas ya estaban iguales, y las que chocan con otra de la misma llave."""
    nuevas: dict[str, list[Fila]] = {}
    repetidas, choques = 0, []
    por_llave = {
        nombre: {_llave(una.contrato, fila): fila for fila in vigentes.get(nombre, [])}
        for una in leidas
        if (nombre := una.contrato.tabla)
    }
    for una in leidas:
        nombre, suyas = una.contrato.tabla, por_llave[una.contrato.tabla]
        en_el_archivo = set()
        for renglon, fila in zip(una.renglones, una.filas, strict=True):
            llave = _llave(una.contrato, fila)
            previa = suyas.get(llave)
            if previa is None:
                suyas[llave] = fila
                nuevas.setdefault(nombre, []).append(fila)
            elif distintas := [c for c in una.contrato.nombres if previa[c] != fila[c] and c not in una.llenadas]:
                if llave not in en_el_archivo:  # repetida en su archivo, ya lo dice la revisión
                    choques.append(_choque(una, renglon, fila, previa, distintas))
            else:
                repetidas += 1
            en_el_archivo.add(llave)
    return nuevas, repetidas, choques


def _choque(una: Leida, renglon: int, fila: Fila, previa: Fila, distintas: Sequence[str]) -> Hallazgo:
    columna = distintas[0]
    llave = ", ".join(f"{c} = {fila[c] or tr('(vacío)')}" for c in una.contrato.llave)
    return Hallazgo(
        una.archivo,
        una.hoja,
        una.contrato.tabla,
        renglon,
        columna,
        tr("lo mismo que ya está ({previa}): lo anterior no se pisa", previa=previa[columna] or tr("(vacío)")),
        fila[columna] or tr("(vacío)"),
        tr(
            "ya hay un renglón con {llave}: si es un dato nuevo, póngale su propia llave (otra fecha, periodo o clave)",
            llave=llave,
        ),
    )


def _llave(uno: Contrato, fila: Fila) -> tuple[str, ...]:
    return tuple(fila[c] for c in uno.llave)


def _en_orden(hallazgos: list[Hallazgo]) -> list[Hallazgo]:
    hallazgos.sort(key=lambda h: (h.archivo, h.hoja, h.fila or 0, h.columna))
    if len(hallazgos) <= MAX_FALTAS:
        return hallazgos
    ultima = hallazgos[MAX_FALTAS]
    resto = replace(
        ultima,
        fila=None,
        columna="",
        esperado=tr("menos faltas"),
        recibido=tr("{hallazgos:,} faltas más", hallazgos=len(hallazgos) - MAX_FALTAS),
        remedio=tr("corrija primero las de arriba: suelen repetirse en toda una columna"),
    )
    return [*hallazgos[:MAX_FALTAS], resto]
