"""Lo que se revisa del CSV mensual del SESNSP: claves y nombres del catálogo, ningún renglón repetido ni de menos."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa

from atalaya.catalogo import normalizar
from atalaya.fuentes.sesnsp_csv import Crudo, entero
from atalaya.fuentes.sesnsp_delitos import PRIMER_ANIO, RNID, instrumento, modalidades, subtipos
from atalaya.fuentes.sesnsp_lugares import claves_municipales, entidad_por_clave


def lugar_de(crudo: Crudo) -> pa.DictionaryArray:
    """La clave del lugar de cada renglón: la entidad o, si el archivo es municipal, el municipio.

    Lanza ErrorFuente, con sus renglones, si una clave no existe, el nombre de la entidad es de otra o el municipio no
    es de la entidad de su renglón.
    """
    entidades = entidad_por_clave()
    entidad = crudo.convertir("Clave_Ent", _de_entidad, "la clave de una entidad, de 1 a 32", pa.string())
    nombres, textos = crudo.codigos("Entidad")
    numeros, claves = _codigos(entidad)
    normales = [normalizar(texto) for texto in textos]
    suyos = [normalizar(entidades[int(clave[3:])].nombre) for clave in claves]
    ajena = _pares(numeros, nombres, lambda clave, nombre: suyos[clave] != normales[nombre])
    crudo.fallar("Entidad", ajena, "el nombre que corresponde a Clave_Ent", "el de otra entidad o uno desconocido")
    if not crudo.es_municipal:
        return entidad
    esperado = "la clave de un municipio del catálogo, o XX998 o XX999"
    municipio = crudo.convertir("Cve. Municipio", _de_municipio, esperado, pa.string())
    numeros_m, claves_m = _codigos(municipio)
    ajeno = _pares(numeros, numeros_m, lambda clave, municipal: claves_m[municipal][:5] != claves[clave])
    crudo.fallar("Cve. Municipio", ajeno, "un municipio de la entidad de su renglón", "uno de otra")
    return municipio


def exigir_conocidos(crudo: Crudo, anios: np.ndarray) -> None:
    """Lanza ErrorFuente si un tipo, subtipo o modalidad no están en el catálogo del instrumento de su año."""
    de_subtipo, nombres = crudo.codigos("Subtipo de delito")
    de_modo, modos = crudo.codigos("Modalidad")
    de_tipo, tipos = crudo.codigos("Tipo de delito")
    con_anio = de_subtipo * 2 + (anios >= RNID)

    def llave(numero: int) -> tuple[str, str]:
        return nombres[numero // 2].strip(), instrumento(RNID if numero % 2 else PRIMER_ANIO)

    def de_otro_tipo(subtipo: int, tipo: int) -> bool:
        nombre, de = llave(subtipo)
        return nombre not in subtipos(de) or subtipos(de)[nombre].tipo != tipos[tipo].strip()

    extrano = _pares(con_anio, de_tipo, de_otro_tipo)
    vistos = {f"{tipos[t]} › {nombres[s]}" for s, t in zip(de_subtipo[extrano], de_tipo[extrano], strict=True)}
    recibido = "; ".join(sorted(vistos)[:3])
    crudo.fallar("Subtipo de delito", extrano, "un tipo y subtipo que delitos.csv describa", recibido)
    rara = _pares(con_anio, de_modo, lambda subtipo, modo: modos[modo].strip() not in modalidades(*llave(subtipo)))
    vistas = {f"{nombres[s]} › {modos[m]}" for s, m in zip(de_subtipo[rara], de_modo[rara], strict=True)}
    crudo.fallar("Modalidad", rara, "una modalidad que modalidades.csv describa", "; ".join(sorted(vistas)[:3]))


def exigir_completo(crudo: Crudo, anios: np.ndarray, lugar: pa.DictionaryArray) -> None:
    """Ningún renglón repetido y todo lugar con los mismos delitos en su año: a un archivo cortado le falta el final.

    Lanza ErrorFuente con los renglones que sobran o los de quien queda corto.
    """
    de_subtipo, nombres = crudo.codigos("Subtipo de delito")
    de_modo, modos = crudo.codigos("Modalidad")
    de_lugar, claves = _codigos(lugar)
    sitio = (anios.astype(np.int64) - PRIMER_ANIO) * len(claves) + de_lugar
    llave = (sitio * len(nombres) + de_subtipo) * len(modos) + de_modo
    repetida = np.ones(len(llave), np.bool_)
    repetida[np.unique(llave, return_index=True)[1]] = False
    crudo.fallar("renglón entero", repetida, "un renglón por año, lugar, subtipo y modalidad", "repetidos")
    sitios, cuantos = np.unique(sitio, return_counts=True)
    anio_de = sitios // len(claves)
    completos = {anio: cuantos[anio_de == anio].max() for anio in np.unique(anio_de)}
    cortos = sitios[[cuantos[i] < completos[anio] for i, anio in enumerate(anio_de)]]
    recibido = f"{len(cortos)} con menos: el archivo está cortado o incompleto"
    crudo.fallar(
        "renglón entero", np.isin(sitio, cortos), "los mismos delitos en todos los lugares de un año", recibido
    )
    _exigir_mismas_entidades(crudo, anios, [(int(s) // len(claves), claves[int(s) % len(claves)][:5]) for s in sitios])


def _exigir_mismas_entidades(crudo: Crudo, anios: np.ndarray, vistas: list[tuple[int, str]]) -> None:
    todas = {entidad for _, entidad in vistas}
    for anio in {anio for anio, _ in vistas}:
        if faltan := todas - {entidad for otro, entidad in vistas if otro == anio}:
            recibido = f"en {anio + PRIMER_ANIO} faltan {', '.join(sorted(faltan))}"
            del_anio = anios == anio + PRIMER_ANIO
            crudo.fallar("Clave_Ent", del_anio, "las mismas entidades en todos los años", recibido)


def _de_entidad(texto: str) -> str:
    if entero(texto) not in entidad_por_clave():
        raise ValueError(texto)
    return f"MX-{entero(texto):02d}"


def _de_municipio(texto: str) -> str:
    if (clave := f"MX-{entero(texto):05d}") not in claves_municipales():
        raise ValueError(texto)
    return clave


def _codigos(columna: pa.DictionaryArray) -> tuple[np.ndarray, list[str]]:
    return columna.indices.to_numpy().astype(np.int64), columna.dictionary.to_pylist()


def _pares(uno: np.ndarray, otro: np.ndarray, malo: Callable[[int, int], bool]) -> np.ndarray:
    """Máscara de las filas cuyo par de códigos es malo; se pregunta una vez por par distinto, no por fila."""
    ancho = int(otro.max()) + 1
    distintos, indice = np.unique(uno * ancho + otro, return_inverse=True)
    veredictos = [malo(int(par) // ancho, int(par) % ancho) for par in distintos]
    return np.array(veredictos, np.bool_)[indice]
