"""El cuestionario básico (CB) de un trimestre de la ENSU con su diccionario, y lo que hay que traer de CS.

Hasta 2020T1 el CB no dice el sexo ni la edad de la persona elegida, que están en la tabla de integrantes (CS). En
2020T3 el CB viene partido en dos archivos.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from atalaya.errores import ErrorFuente
from atalaya.fuentes.diccionario_inegi import Variable, leer_diccionario, unir
from atalaya.fuentes.diseno_muestral import codigo, exigir_unicas
from atalaya.fuentes.paquete_inegi import Archivos, buscar, leer_tabla, listar

IDENTIFICADORES: Final = ("UPM", "FOL", "ENT", "CON", "V_SEL", "VIV_SEL", "N_HOG", "H_MUD")
RENGLON: Final = ("R_SEL", "N_REN")
_POR_ENTIDAD: Final = 10**5
_MUESTRA: Final = 5


@dataclass(frozen=True)
class Cuestionario:
    """Un trimestre abierto: `tabla` del CB (columnas de texto), sus `variables` y el paquete del que salió."""

    donde: str
    tabla: pa.Table
    variables: Mapping[str, Variable]
    archivos: Archivos

    def llaves(self) -> pa.Array:
        """La llave de cada entrevista: `ID_PER` si viene; si no, los campos que identifican vivienda y renglón."""
        if "ID_PER" in self.tabla.column_names:
            return self.tabla["ID_PER"].combine_chunks()
        return _llave(self.tabla, [*IDENTIFICADORES, *RENGLON], self.donde)

    def sexo(self) -> pa.Array:
        """1 hombre, 2 mujer; nulo si el paquete no trae la tabla de integrantes. ErrorFuente si es otra clave."""
        crudo = self._persona(("SEXO", "SEX"))
        if crudo is None:
            return pa.nulls(self.tabla.num_rows, pa.int64())
        sexo = codigo(crudo, "SEXO", self.donde)
        malos = np.flatnonzero(~np.isin(sexo, (1, 2)))
        if malos.size:
            raise ErrorFuente(
                f"{self.donde} › SEXO › renglones {', '.join(str(i + 2) for i in malos[:_MUESTRA])}",
                "1 hombre o 2 mujer",
                ", ".join(map(str, sorted(set(sexo[malos].tolist()))[:_MUESTRA])),
                "compruebe el archivo o descárguelo de nuevo de INEGI",
            )
        return pa.array(sexo)

    def edad(self) -> pa.Array:
        """Años cumplidos, con las claves de INEGI (97 y más, 98 y 99 sin especificar); nulo como en `sexo`."""
        crudo = self._persona(("EDAD", "EDA"))
        return (
            pa.nulls(self.tabla.num_rows, pa.int64()) if crudo is None else pa.array(codigo(crudo, "EDAD", self.donde))
        )

    def municipio(self) -> pa.Array:
        """Clave INEGI de cinco dígitos; nulo en los trimestres cuyo CB no la trae (2015 y 2016)."""
        if not {"CVE_ENT", "CVE_MUN"} <= set(self.tabla.column_names):
            return pa.nulls(self.tabla.num_rows, pa.string())
        entidad = pc.utf8_lpad(self.tabla["CVE_ENT"].combine_chunks(), width=2, padding="0")
        return pc.binary_join_element_wise(
            entidad, pc.utf8_lpad(self.tabla["CVE_MUN"].combine_chunks(), width=3, padding="0"), ""
        )

    def upm_del_marco(self) -> npt.NDArray[np.int64] | None:
        """La clave con la que INEGI reconoce la UPM de un trimestre a otro; None si el CB no la trae.

        Es `UPM` desde 2016 y, en 2015, el número de control dentro de su entidad.
        """
        if "UPM" in self.tabla.column_names:
            return codigo(self.tabla["UPM"].combine_chunks(), "UPM", self.donde)
        if not {"ENT", "CON"} <= set(self.tabla.column_names):
            return None
        entidad, control = (codigo(self.tabla[c].combine_chunks(), c, self.donde) for c in ("ENT", "CON"))
        return entidad * _POR_ENTIDAD + control

    def _persona(self, nombres: Sequence[str]) -> pa.Array | None:
        """Una columna de la persona elegida, del CB o de CS, en el orden de las entrevistas; None si no viene."""
        if propia := next((n for n in nombres if n in self.tabla.column_names), None):
            return self.tabla[propia].combine_chunks()
        for archivo, abrir_uno in buscar(self.archivos, "conjunto_de_datos", "cs").items():
            otra = leer_tabla(abrir_uno(), archivo)
            nombre = next((n for n in nombres if n in otra.column_names), None)
            if nombre is not None:
                comunes = [c for c in IDENTIFICADORES if c in otra.column_names and c in self.tabla.column_names]
                mias = _llave(self.tabla, [*comunes, *RENGLON], self.donde)
                suyas = _llave(otra, [*comunes, *RENGLON], archivo)
                exigir_unicas(suyas, "persona", archivo)
                return _emparejar(mias, suyas, otra[nombre], self.donde, archivo)
        return None


def abrir(ruta: Path) -> Cuestionario:
    """Abre el CB y su diccionario de una carpeta o zip de datos abiertos de la ENSU.

    Lanza ErrorFuente si falta alguno de los dos, si no se pueden leer o si sus partes no se corresponden.
    """
    archivos = listar(ruta)
    datos = _con_datos(buscar(archivos, "conjunto_de_datos", "cb"))
    diccionarios = buscar(archivos, "diccionario", "cb")
    for que, hallado in (("los datos", datos), ("el diccionario", diccionarios)):
        if not hallado:
            raise ErrorFuente(
                str(ruta),
                f"{que} del cuestionario básico (CB) de la ENSU",
                f"{len(archivos)} archivos, ninguno lo es",
                "use el zip de datos abiertos de INEGI, entero y sin reordenar",
            )
    tablas = [leer_tabla(abrir_uno(), nombre) for nombre, abrir_uno in datos.items()]
    donde = next(iter(datos))
    variables = unir(leer_diccionario(abrir_uno(), nombre) for nombre, abrir_uno in diccionarios.items())
    return Cuestionario(donde, reduce(lambda a, b: _pegar(a, b, donde), tablas), variables, archivos)


def _con_datos(hallados: dict[str, Callable[[], bytes]]) -> dict[str, Callable[[], bytes]]:
    """Sólo los de la carpeta `conjunto_de_datos`: las carpetas de al lado llevan nombres que empiezan igual."""
    return {n: a for n, a in hallados.items() if "diccionario" not in n.lower().rsplit("/", 1)[-1]}


def _pegar(una: pa.Table, otra: pa.Table, donde: str) -> pa.Table:
    """Agrega a las entrevistas las columnas que sólo trae la otra parte del cuestionario (2020T3)."""
    faltan = [c for c in otra.column_names if c not in una.column_names]
    comunes = [c for c in ("ID_PER", *IDENTIFICADORES, *RENGLON) if c in una.column_names and c in otra.column_names]
    mias, suyas = _llave(una, comunes, donde), _llave(otra, comunes, donde)
    exigir_unicas(suyas, "entrevista", donde)
    for columna in faltan:
        una = una.append_column(columna, _emparejar(mias, suyas, otra[columna], donde, donde))
    return una


def _llave(tabla: pa.Table, columnas: Sequence[str], donde: str) -> pa.Array:
    presentes = [tabla[c].combine_chunks() for c in columnas if c in tabla.column_names]
    if not presentes:
        raise ErrorFuente(
            donde,
            "ID_PER o los campos que identifican la vivienda y a la persona",
            ", ".join(tabla.column_names[:_MUESTRA]) + ", …",
            "use el archivo de datos abiertos de INEGI, con todas sus columnas",
        )
    return pc.binary_join_element_wise(*presentes, ".")


def _emparejar(mias: pa.Array, suyas: pa.Array, columna: pa.ChunkedArray, donde: str, otra: str) -> pa.Array:
    posicion = pc.index_in(mias, value_set=suyas)
    sueltas = np.flatnonzero(pc.is_null(posicion).to_numpy(zero_copy_only=False))
    if sueltas.size:
        raise ErrorFuente(
            f"{donde} › renglones {', '.join(str(i + 2) for i in sueltas[:_MUESTRA])}",
            f"que cada entrevista tenga su registro en {otra}",
            f"{sueltas.size} sin pareja",
            "use los archivos del mismo trimestre, sin recortarlos",
        )
    return pc.take(columna.combine_chunks(), posicion)
