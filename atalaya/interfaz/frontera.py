"""Al elegir lugares de dos países: qué cifra de cada uno se enseña, de qué periodo, y si van juntas o separadas.

Cada indicador elegido es de una encuesta. Para los lugares del otro país se busca su contraparte en
`datos/catalogo/comparabilidad.csv`: la de mejor nivel que tenga cifra de alguno de los lugares elegidos.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from atalaya import catalogo, periodos
from atalaya.catalogo import comparabilidad
from atalaya.catalogo.comparabilidad import Par
from atalaya.interfaz import datos, precision
from atalaya.interfaz.conteos import Pedido


@dataclass(frozen=True)
class Lado:
    """Lo que se enseña de un país: su indicador, sus lugares elegidos y los periodos."""

    indicador: str
    lugares: tuple[str, ...]
    periodos: tuple[str, ...]

    @property
    def pais(self) -> str:
        """`MX` o `CL`: el de la fuente del indicador."""
        return comparabilidad.pais_de(self.indicador)

    @property
    def con_nacion(self) -> tuple[str, ...]:
        """Los lugares y, al final, la nación, que sirve de referencia."""
        return (*(lugar for lugar in self.lugares if lugar != self.pais), self.pais)

    @property
    def encuesta(self) -> str:
        """Sus siglas: ENSU, ENUSC."""
        return catalogo.indicador(self.indicador).fuente.upper()


@dataclass(frozen=True)
class Cruce:
    """Un indicador elegido y, si hay lugares del otro país, su contraparte.

    `lados`: el del indicador elegido primero; el de la contraparte falta si no hay cifra que poner. `foco`: el lugar
    elegido primero, que se destaca. `par`: nulo si todos los lugares son del país del indicador. `mejores`: pares de
    mejor nivel que no tienen cifra de esos lugares.
    """

    indicador: str
    lados: tuple[Lado, ...]
    foco: str
    par: Par | None = None
    mejores: tuple[Par, ...] = ()

    @property
    def juntos(self) -> bool:
        """Si todo va en un mismo eje."""
        return len(self.lados) == 1 or (self.par is not None and self.par.mismo_eje)


def de_un_periodo(indicadores: Sequence[str], lugares: Sequence[str], periodo: str) -> list[Cruce]:
    """Un cruce por indicador, cada lado en el periodo con cifra más cercano al pedido."""
    cruces = []
    for clave in indicadores:
        cruce = _cruzar(clave, tuple(lugares))
        lados = tuple(Lado(u.indicador, u.lugares, (_cercano(u, periodo),)) for u in cruce.lados)
        cruces.append(replace(cruce, lados=lados))
    return _sin_repetir(cruces)


def de_un_intervalo(indicadores: Sequence[str], lugares: Sequence[str], desde: str, hasta: str) -> list[Cruce]:
    """Un cruce por indicador, cada lado con todo su calendario dentro de los años del intervalo."""
    cruces = []
    for clave in indicadores:
        cruce = _cruzar(clave, tuple(lugares))
        lados = tuple(Lado(u.indicador, u.lugares, tuple(_calendario(u.indicador, desde, hasta))) for u in cruce.lados)
        cruces.append(replace(cruce, lados=tuple(u for u in lados if u.periodos)))
    return _sin_repetir(cruces)


def de_conteo(pedido: Pedido) -> list[Cruce]:
    """Los delitos de un pedido, cada uno de su lado: entre fuentes de conteos no hay contraparte en un mismo eje."""
    return [
        Cruce(clave, (Lado(clave, pedido.lugares_de(clave), tuple(pedido.periodos)),), pedido.lugares[0])
        for clave in pedido.indicadores
    ]


def tabla(cruces: Sequence[Cruce], regla: str) -> pd.DataFrame:
    """Las cifras de todos los lados con la regla de precisión aplicada; hecha una vez. No se debe modificar.

    Las columnas de `mostrar/consultar` más `nombre` y, si hay cruce, `comparabilidad` (nivel) y `comparado_con`.
    """
    por_consulta: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for lado in dict.fromkeys(lado for cruce in cruces for lado in cruce.lados):
        por_consulta.setdefault((lado.con_nacion, lado.periodos), []).append(lado.indicador)
    partes = [
        precision.aplicar(
            datos.correr(
                "consultar",
                indicadores=list(dict.fromkeys(claves)),
                lugares=list(lugares),
                periodos=list(cuando),
                desgloses=["total"],
            ),
            regla,
        )
        for (lugares, cuando), claves in por_consulta.items()
    ]
    if not any(cruce.par for cruce in cruces) and len(partes) == 1:
        return partes[0]
    clave = ("frontera", tuple(cruces), regla)
    return datos.recordar(partes[0], clave, lambda: _con_nivel(pd.concat(partes, ignore_index=True), cruces))


def filas_de(tabla_: pd.DataFrame, lado: Lado) -> pd.DataFrame:
    """Las filas de un lado, en el orden de sus lugares."""
    suyas = tabla_[
        (tabla_["indicador"] == lado.indicador)
        & tabla_["lugar"].isin(lado.con_nacion)
        & tabla_["periodo"].isin(lado.periodos)
    ]
    return suyas.sort_values("lugar", key=lambda s: s.map(lado.con_nacion.index), kind="stable")


def _cruzar(clave: str, lugares: tuple[str, ...]) -> Cruce:
    pais = comparabilidad.pais_de(clave)
    propios = tuple(lugar for lugar in lugares if lugar[:2] == pais)
    ajenos = tuple(lugar for lugar in lugares if lugar[:2] != pais)
    # Sin lugares propios queda la nación: es lo único de esa encuesta que se puede poner al lado.
    propio = Lado(clave, propios or (pais,), ())
    if not ajenos:
        return Cruce(clave, (propio,), lugares[0])
    candidatos = comparabilidad.contrapartes(clave, ajenos[0][:2])
    for k, par in enumerate(candidatos):
        if par.indicador_b and datos.periodos_con_cifra(par.indicador_b, ajenos):
            mejores = tuple(otro for otro in candidatos[:k] if otro.indicador_b and otro.nivel != par.nivel)
            return Cruce(clave, (propio, Lado(par.indicador_b, ajenos, ())), lugares[0], par, mejores)
    return Cruce(clave, (propio,), lugares[0], candidatos[0])


def _sin_repetir(cruces: list[Cruce]) -> list[Cruce]:
    """Sin el cruce que enseña lo mismo que otro: elegir un indicador y su contraparte es pedir el par dos veces."""
    vistos: dict[frozenset[str], Cruce] = {}
    for cruce in cruces:
        vistos.setdefault(frozenset(lado.indicador for lado in cruce.lados), cruce)
    return list(vistos.values())


def _cercano(lado: Lado, periodo: str) -> str:
    """El pedido, si el indicador se publica en él; si no, el que cubre a más de sus lugares y, de ésos, el cercano."""
    if periodo in datos.disponibles(frontera=True).get(lado.indicador, ()):
        return periodo
    con_cifra = datos.periodos_con_cifra(lado.indicador, lado.lugares) or dict.fromkeys(
        datos.disponibles(por_area=False, frontera=True)[lado.indicador], 1
    )
    return min(con_cifra, key=lambda p: (-con_cifra[p], abs(_meses(p) - _meses(periodo)), -_meses(p)))


def _calendario(indicador: str, desde: str, hasta: str) -> list[str]:
    """Sus periodos, con cifra o sin ella: los del intervalo o, si su calendario es otro, los de esos años."""
    suyos = datos.disponibles(por_area=False, frontera=True)[indicador]
    if periodos.partes(suyos[0]).tipo == periodos.partes(desde).tipo:
        return periodos.rango(desde, hasta)
    dentro = [p for p in suyos if desde[:4] <= p[:4] <= hasta[:4]]
    return periodos.rango(dentro[-1], dentro[0]) if dentro else []


def _con_nivel(filas: pd.DataFrame, cruces: Sequence[Cruce]) -> pd.DataFrame:
    """Con el nivel y la contraparte de cada indicador, y los nombres que se entienden entre países.

    Un indicador que es contraparte de dos elegidos los lleva a los dos, en el mismo orden en las dos columnas.
    """
    pares: dict[str, list[Par]] = {}
    for cruce in cruces:
        for lado in cruce.lados if cruce.par else ():
            pares.setdefault(lado.indicador, []).append(cruce.par.desde(lado.indicador))  # type: ignore[union-attr]
    niveles = {clave: ", ".join(par.nivel for par in suyos) for clave, suyos in pares.items()}
    contra = {clave: ", ".join(par.indicador_b for par in suyos) for clave, suyos in pares.items()}
    unicas = filas.drop_duplicates(["indicador", "lugar", "periodo"], ignore_index=True)
    nombres = [
        datos.nombre_entero(clave) if clave in datos.PAISES else datos.nombre(clave) for clave in unicas["lugar"]
    ]
    return unicas.assign(
        nombre=nombres,
        comparabilidad=unicas["indicador"].map(niveles),
        comparado_con=unicas["indicador"].map(contra),
    )


def _meses(periodo: str) -> int:
    anio, mes, _ = periodos.clave_orden(periodo)
    return 12 * anio + mes
