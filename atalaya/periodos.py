"""Periodos: `2025T2` (trimestre), `2025S1` (semestre), `2024-07` (mes) y `2023` (año).

Un periodo es un texto; aquí se valida, se ordena, se recorre y se dice como se dice en español. El trimestre
lleva el mes en que la ENSU se levanta (INEGI la fecha así: «junio 2025» es el segundo trimestre).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from atalaya.errores import ErrorConsulta
from atalaya.idiomas import OMISION, actual, meses, tr

MESES: Final = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)

_POR_ANIO: Final = {"trimestre": 4, "semestre": 2, "mes": 12, "anio": 1}
_FORMAS: Final = (
    ("trimestre", re.compile(r"([12][0-9]{3})T([1-4])")),
    ("semestre", re.compile(r"([12][0-9]{3})S([12])")),
    ("mes", re.compile(r"([12][0-9]{3})-(0[1-9]|1[0-2])")),
    ("anio", re.compile(r"([12][0-9]{3})")),
)
_ORDINALES: Final = ("1.er", "2.º", "3.er", "4.º")


class Partes(NamedTuple):
    """Un periodo desarmado: tipo (`trimestre`, `semestre`, `mes`, `anio`), año y número dentro del año (1…)."""

    tipo: str
    anio: int
    numero: int

    @property
    def mes_final(self) -> int:
        """Último mes que abarca, de 1 a 12; en la ENSU, el del levantamiento."""
        return self.numero * 12 // _POR_ANIO[self.tipo]

    @property
    def ordinal(self) -> int:
        """Posición en su calendario: dos periodos seguidos del mismo tipo difieren en uno."""
        return self.anio * _POR_ANIO[self.tipo] + self.numero - 1


def partes(periodo: str) -> Partes:
    """Desarma un periodo. Lanza ErrorConsulta si no tiene ninguna de las cuatro formas."""
    for tipo, forma in _FORMAS:
        if hallado := forma.fullmatch(periodo):
            numero = int(hallado[2]) if forma.groups == 2 else 1
            return Partes(tipo, int(hallado[1]), numero)
    raise ErrorConsulta(
        donde=tr("periodo «{periodo}»", periodo=periodo),
        esperado=tr("un trimestre (2025T2), semestre (2025S1), mes (2024-07) o año (2023)"),
        recibido=repr(periodo),
        remedio=tr("escríbalo en una de esas cuatro formas; para un intervalo, 2024T1:2025T2"),
    )


def validar(periodo: str) -> str:
    """Devuelve el mismo periodo si está bien escrito; lanza ErrorConsulta si no."""
    partes(periodo)
    return periodo


def clave_orden(periodo: str) -> tuple[int, int, int]:
    """(año, mes final, duración en meses): ordena en el tiempo periodos del mismo tipo o de varios."""
    p = partes(periodo)
    return p.anio, p.mes_final, 12 // _POR_ANIO[p.tipo]


def mover(periodo: str, pasos: int) -> str:
    """El periodo del mismo tipo que está `pasos` después (antes, si es negativo)."""
    p = partes(periodo)
    anio, resto = divmod(p.ordinal + pasos, _POR_ANIO[p.tipo])
    return _escribir(p.tipo, anio, resto + 1)


def anterior(periodo: str) -> str:
    """El periodo inmediato anterior del calendario: `2025T1` → `2024T4`, se haya levantado o no."""
    return mover(periodo, -1)


def mismo_hace_un_ano(periodo: str) -> str:
    """El mismo periodo del año previo: `2025T2` → `2024T2`; `2023` → `2022`."""
    return mover(periodo, -_POR_ANIO[partes(periodo).tipo])


def rango(desde: str, hasta: str) -> list[str]:
    """Todos los periodos de `desde` a `hasta`, ambos incluidos.

    Lanza ErrorConsulta si son de tipos distintos o van al revés.
    """
    a, b = partes(desde), partes(hasta)
    if a.tipo != b.tipo or a.ordinal > b.ordinal:
        raise ErrorConsulta(
            donde=tr("intervalo «{desde}:{hasta}»", desde=desde, hasta=hasta),
            esperado=tr("dos periodos del mismo tipo, el primero no posterior al segundo"),
            recibido=tr("de {desde} a {hasta}", desde=desde, hasta=hasta),
            remedio=tr("escriba primero el más antiguo y no mezcle trimestres, semestres, meses y años"),
        )
    return [mover(desde, k) for k in range(b.ordinal - a.ordinal + 1)]


def nombre(periodo: str) -> str:
    """El periodo dicho en español: «2.º trimestre de 2025», «1.er semestre de 2025», «julio de 2024», «2023»."""
    p = partes(periodo)
    if p.tipo == "anio":
        return str(p.anio)
    if p.tipo == "mes":
        return tr("{mes} de {anio}", mes=mes(p.numero), anio=p.anio)
    ordinal = _ORDINALES[p.numero - 1]
    if p.tipo == "semestre":
        return tr("{ordinal} semestre de {anio}", ordinal=ordinal, numero=p.numero, anio=p.anio)
    return tr("{ordinal} trimestre de {anio}", ordinal=ordinal, numero=p.numero, anio=p.anio)


def nombre_mes(periodo: str) -> str:
    """El trimestre por su mes de levantamiento en la ENSU («junio de 2025»); los demás, como `nombre`."""
    p = partes(periodo)
    return nombre(f"{p.anio}-{p.mes_final:02d}") if p.tipo == "trimestre" else nombre(periodo)


def de_a(vistos: Iterable[str]) -> str:
    """«de junio de 2024 a junio de 2025», del primero al último; uno solo, su nombre; ninguno, vacío."""
    orden = sorted(set(vistos), key=clave_orden)
    if len(orden) < 2:
        return "".join(map(nombre_mes, orden))
    return tr("de {desde} a {hasta}", desde=nombre_mes(orden[0]), hasta=nombre_mes(orden[-1]))


def corto(periodo: str) -> str:
    """Para un eje: «jun 2025» (trimestre y mes), «1.er sem 2025», «2023»."""
    p = partes(periodo)
    if p.tipo == "anio":
        return str(p.anio)
    if p.tipo == "semestre":
        return tr("{ordinal} sem {anio}", ordinal=_ORDINALES[p.numero - 1], numero=p.numero, anio=p.anio)
    return f"{mes_corto(p.mes_final)} {p.anio}"


def mes(numero: int) -> str:
    """El nombre de un mes, de 1 a 12, como va en medio de una frase."""
    return MESES[numero - 1] if actual() == OMISION else meses("wide")[numero - 1]


def mes_corto(numero: int) -> str:
    """El mismo, en tres letras."""
    return MESES[numero - 1][:3] if actual() == OMISION else meses("abbreviated")[numero - 1]


def _escribir(tipo: str, anio: int, numero: int) -> str:
    return {
        "trimestre": f"{anio:04d}T{numero}",
        "semestre": f"{anio:04d}S{numero}",
        "mes": f"{anio:04d}-{numero:02d}",
        "anio": f"{anio:04d}",
    }[tipo]
