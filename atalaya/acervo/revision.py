"""Lo que toda tabla publicada debe cumplir: columnas, tipos, llaves y valores del contrato."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from atalaya.contratos import ESTADOS, ESTADOS_CONTEO, LLAVES, METODOS, PRECISIONES, SEXOS, TABLAS

ADMITIDOS: dict[str, dict[str, tuple[str, ...]]] = {
    "estimacion": {
        "estado": ESTADOS,
        "metodo": METODOS,
        "precision": PRECISIONES,
        "precision_numerador": PRECISIONES,
        "precision_denominador": PRECISIONES,
    },
    "conteo": {"estado": ESTADOS_CONTEO, "metodo": METODOS},
    "poblacion": {"sexo": SEXOS},
}


def revisar_contrato(nombre: str, tabla: pa.Table) -> list[str]:
    """Las faltas de una tabla contra `atalaya.contratos`, en palabras; lista vacía si cumple.

    Revisa: tabla conocida, mismas columnas en el mismo orden y tipo, sin nulos donde no se admiten, valores
    admitidos y llave sin repetir.
    """
    esquema = TABLAS.get(nombre)
    if esquema is None:
        return [f"«{nombre}» no es una tabla del acervo ({', '.join(TABLAS)})"]
    if tabla.column_names != esquema.names:
        sobran = [c for c in tabla.column_names if c not in esquema.names]
        faltan = [c for c in esquema.names if c not in tabla.column_names]
        return [f"columnas distintas de las del contrato: faltan {faltan}, sobran {sobran}, o van en otro orden"]
    tipos = [
        f"{campo.name}: {tabla.schema.field(campo.name).type} en vez de {campo.type}"
        for campo in esquema
        if tabla.schema.field(campo.name).type != campo.type
    ]
    return tipos or [*_nulos(tabla, esquema), *_no_admitidos(nombre, tabla), *_repetidas(nombre, tabla)]


def _nulos(tabla: pa.Table, esquema: pa.Schema) -> list[str]:
    return [
        f"{campo.name}: {tabla[campo.name].null_count} nulos donde no se admiten"
        for campo in esquema
        if not campo.nullable and tabla[campo.name].null_count
    ]


def _no_admitidos(nombre: str, tabla: pa.Table) -> list[str]:
    faltas = []
    for columna, valores in ADMITIDOS.get(nombre, {}).items():
        vistos = set(pc.unique(tabla[columna]).to_pylist()) - {None}
        if extranos := sorted(vistos - set(valores)):
            faltas.append(f"{columna}: {', '.join(extranos)} no está entre {', '.join(valores)}")
    return faltas


def _repetidas(nombre: str, tabla: pa.Table) -> list[str]:
    llave = list(LLAVES[nombre])
    codigos = _codigos(tabla.select(llave))
    _, primera, veces = np.unique(codigos, return_index=True, return_counts=True)
    repetidas = primera[veces > 1]
    if not repetidas.size:
        return []
    ejemplo = tabla.select(llave).slice(int(repetidas.min()), 1).to_pylist()[0]
    return [f"{repetidas.size} llaves repetidas; la primera: {ejemplo}"]


def _codigos(llaves: pa.Table) -> np.ndarray:
    """Un entero por llave distinta: agrupar millones de filas por siete textos cuesta diez veces más tiempo."""
    codigos = np.zeros(llaves.num_rows, np.int64)
    for columna in llaves.columns:
        if not llaves.num_rows:
            break
        texto = columna if pa.types.is_dictionary(columna.type) else columna.dictionary_encode()
        unida = texto.unify_dictionaries().combine_chunks()
        ancho = len(unida.dictionary) + 1
        if int(codigos.max()) >= np.iinfo(np.int64).max // ancho - 1:  # no cabe: se vuelve a numerar desde cero
            codigos = np.unique(codigos, return_inverse=True)[1]
        codigos = codigos * ancho + pc.fill_null(unida.indices, ancho - 1).to_numpy()
    return codigos
