"""De unos conteos con su tasa a las filas, el eje y las palabras de una figura de líneas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from atalaya import catalogo, periodos
from atalaya.estadistica.tasas import intervalo_poisson
from atalaya.figuras import cobertura, lineas, textos
from atalaya.figuras.eje import Eje, con_signo, desde_cero
from atalaya.idiomas import tr

DOCE: Final = 12
FUERA: Final = {"no_publicado": "fuera_del_archivo"}
"""De un conteo no se sabe si la oficina no lo publicó: sólo que no está en los archivos que trae el acervo."""
_EXTREMOS: Final = {"tasa": ("tasa_inf", "tasa_sup"), "indice": ("cambio_inf", "cambio_sup")}
_VALOR: Final = {"tasa": "tasa_100k", "casos": "casos", "indice": "cambio_pct"}


def filas(tabla: pd.DataFrame, medida: str) -> pd.DataFrame:
    """Las filas que pide `lineas`: su `valor` e intervalo, lo que se lee de cada una y por qué falta la que falta.

    `tabla`: la de `mostrar/conteos` con su tasa y `nombre`; para la medida `indice`, la de `pruebas_conteo.indices`.
    Un año a medias va hueco. Sin población no hay tasa ni cambio: estado `sin_denominador`.
    """
    nueva = tabla.copy()
    nueva["valor"] = nueva[_VALOR[medida]].astype(float)
    sin_poblacion = (nueva["estado"] == "dato") & nueva["valor"].isna()
    nueva["estado"] = nueva["estado"].mask(sin_poblacion, "sin_denominador").replace(FUERA)
    nueva["valor"] = nueva["valor"].where(nueva["estado"] == "dato")
    if medida == "casos":
        nueva["ic_inf"], nueva["ic_sup"] = intervalo_poisson(nueva["valor"])
    else:
        nueva["ic_inf"], nueva["ic_sup"] = (nueva[extremo].astype(float) for extremo in _EXTREMOS[medida])
    nueva["hueca"] = a_medias(nueva)
    nueva["tenue"] = False
    nueva["metodo_error"] = "publicada"
    renglones = nueva.to_dict("records")
    nueva["dicho"] = [decir(f, medida, 2) for f in renglones]
    nueva["intervalo"] = [textos.intervalo(f["ic_inf"], f["ic_sup"], 2 if medida == "tasa" else 1) for f in renglones]
    return nueva


def para_descargar(filas_: pd.DataFrame) -> pd.DataFrame:
    """Las filas de una figura de cambios con los estados de la consulta: los de la figura son para leerse."""
    de_vuelta = {dicho: estado for estado, dicho in FUERA.items()}
    return filas_.assign(estado=filas_["estado"].replace(de_vuelta))


def a_medias(tabla: pd.DataFrame) -> pd.Series:
    """Verdadero en los años con cifra que no cubren sus doce meses."""
    de_anio = tabla["periodo"].str.len() == 4
    return de_anio & (tabla["estado"] == "dato") & (tabla["meses"] < DOCE)


def eje(medida: str, unidad: str, base: str) -> Eje:
    """El eje de la medida; `unidad` es la del indicador (carpetas de investigación, víctimas…)."""
    if medida == "indice":
        return Eje("valor", tr("cambio de la tasa desde {base}, por ciento", base=base), con_mas, con_signo, True, True)
    if medida == "casos":
        return Eje("valor", unidad, textos.entero, desde_cero, con_faltas=True)
    return Eje(
        "valor", tr("{unidad} al año por 100 mil habitantes", unidad=unidad), textos.numero, desde_cero, con_faltas=True
    )


def decir(fila: Any, medida: str, decimales: int = 1) -> str:
    """«4.61 por 100 mil (51 casos)», con los meses que cubre un año a medias; o el nombre de la ausencia."""
    if fila["estado"] != "dato":
        return textos.ESTADO[fila["estado"]]
    casos = f"{textos.entero(fila['casos'])} {tr('caso') if fila['casos'] == 1 else tr('casos')}"
    parte = len(fila["periodo"]) == 4 and fila["meses"] < DOCE
    de_doce = tr("{meses:.0f} de 12 meses", meses=fila["meses"]) if parte else ""
    if medida == "casos":
        return casos + (f", {de_doce}" if parte else "")
    valor = (
        con_mas(fila["valor"])
        if medida == "indice"
        else tr("{valor} por 100 mil", valor=textos.numero(fila["valor"], decimales))
    )
    return f"{valor} ({casos}{tr(' en {de_doce}, llevado a año', de_doce=de_doce) if parte else ''})"


def con_mas(valor: float) -> str:
    """«+12.5 %», «−63.4 %»."""
    if pd.isna(valor):
        return textos.pct(None)
    signo = "+" if round(valor, 1) > 0 else "−" if round(valor, 1) < 0 else ""
    return signo + textos.pct(abs(valor))


def describir(filas_: pd.DataFrame, titulo: str, orden: list[str], eje_: Eje) -> str:
    """Texto alternativo: lo de toda línea, en qué unidad, y qué años van a medias."""
    partes = [
        lineas.describir(filas_, tr("{titulo}. Eje: {titulo_2}", titulo=titulo, titulo_2=tr(eje_.titulo)), orden, eje_)
    ]
    if nota := nota_a_medias(filas_):
        partes.append(nota)
    return " ".join(partes)


def nota_a_medias(filas_: pd.DataFrame, medida: str = "tasa") -> str:
    """«Punto hueco: 2026 lleva 5 de 12 meses (Nezahualcóyotl), llevado a año»; vacía si no hay ninguno."""
    medias = filas_[filas_["hueca"]]
    if medias.empty:
        return ""
    dichos = [
        tr(
            "{periodo} lleva {meses:.0f} de 12 meses ({cuales})",
            periodo=periodo,
            meses=meses,
            cuales=textos.lista(list(dict.fromkeys(suyas["nombre"]))),
        )
        for (periodo, meses), suyas in medias.groupby(["periodo", "meses"], sort=True)
    ]
    como = (
        tr("sus casos no se comparan con los de un año entero") if medida == "casos" else tr("su tasa va llevada a año")
    )
    return tr("Punto hueco: {dichos}: {como}.", dichos="; ".join(dichos), como=como)


def notas(filas_: pd.DataFrame) -> list[str]:
    """Por qué falta lo que falta: cada motivo con sus lugares y periodos, delito por delito si son varios."""
    grupos = list(filas_.groupby("indicador", sort=False))
    return [
        f"{catalogo.indicador(str(clave)).nombre}. {nota}" if len(grupos) > 1 else nota
        for clave, suyas in grupos
        for nota in cobertura.notas(suyas, tr("todos los lugares"))
    ]


def signos(filas_: pd.DataFrame) -> list[tuple[str, str]]:
    """Los signos de ausencia que pueden salir en la figura y qué quieren decir, para su leyenda."""
    presentes = [estado for estado in dict.fromkeys(filas_["estado"]) if estado != "dato"]
    return [(lineas.SIGNO[estado], textos.ESTADO[estado]) for estado in presentes]


def en_tabla(filas_: pd.DataFrame, medida: str) -> pd.DataFrame:
    """Un renglón por periodo, del más reciente al más antiguo, y dos columnas por lugar: la cifra y su intervalo."""
    orden = sorted(set(filas_["periodo"]), key=periodos.clave_orden, reverse=True)
    columnas: dict[str, Sequence[str]] = {tr("Periodo"): [_mayuscula(periodos.nombre(p)) for p in orden]}
    for nombre, suyas in filas_.groupby("nombre", sort=False):
        por_periodo = {f["periodo"]: f for f in suyas.to_dict("records")}
        columnas[str(nombre)] = [decir(por_periodo[p], medida, 2) for p in orden]
        columnas[f"{nombre}: al 95 %"] = [por_periodo[p]["intervalo"] for p in orden]
    return pd.DataFrame(columnas)


def _mayuscula(texto: str) -> str:
    return texto[:1].upper() + texto[1:]
