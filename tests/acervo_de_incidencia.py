"""Un acervo de juguete con lo que la página de incidencia debe distinguir: se puede contar con los dedos."""

from __future__ import annotations

from pathlib import Path

from registros_de_juguete import Filas, conteo, motor_con, poblacion

NEZA, TOLUCA, PENALOLEN, SANTIAGO = "MX-15058", "MX-15106", "CL-13122", "CL-13101"
VIEJA = "edicion_2025_06.csv"


def publicar_incidencia(raiz: Path) -> None:
    """Nezahualcóyotl: 12 carpetas al mes hasta 2022, 6 después y 3 en los cinco meses de 2026, ya en otra serie.

    Toluca: cero en 2019, dos al mes después y sin registro en 2024. Peñalolén: víctimas (un año sin ninguna) y casos
    policiales; Santiago, sólo casos. Una edición anterior decía 5 y no 6 en los tres primeros meses de 2025.
    """
    conteos: Filas = []
    for anio in range(2018, 2026):
        for mes in range(1, 13):
            cuando = f"{anio}-{mes:02d}"
            conteos.append(conteo(cuando, 12 if anio < 2023 else 6, edicion="2026-05"))
            suyos = {2019: 0, 2024: None}.get(anio, 2)
            estado = "no_registrado" if suyos is None else "dato"
            conteos.append(conteo(cuando, suyos, lugar=TOLUCA, estado=estado, edicion="2026-05"))
    conteos += [conteo(f"2026-{mes:02d}", 3, edicion="2026-05") for mes in range(1, 6)]
    conteos += [conteo(f"2025-{mes:02d}", 5, edicion="2025-06", archivo=VIEJA) for mes in range(1, 4)]
    chilenos = {"fuente": "spd", "indicador": "victimas_homicidio", "edicion": "2025", "archivo": "victimas.xlsx"}
    victimas = dict(zip(range(2018, 2026), (9, 9, 13, 0, 13, 11, 6, 13), strict=True))
    conteos += [conteo(str(a), n, lugar=PENALOLEN, **chilenos) for a, n in victimas.items()]
    policiales = {"fuente": "cead", "indicador": "casos_policiales", "edicion": "2025", "archivo": "casos.parquet"}
    for lugar, casos in ((PENALOLEN, 9000), (SANTIAGO, 20_000)):
        conteos += [conteo(str(a), casos, lugar=lugar, **policiales) for a in range(2018, 2026)]
    poblaciones = [poblacion(lugar, anio) for anio in range(2018, 2027) for lugar in (NEZA, TOLUCA)]
    poblaciones += [poblacion(lugar, anio, 250_000) for anio in range(2018, 2027) for lugar in (PENALOLEN, SANTIAGO)]
    poblaciones += [poblacion(PENALOLEN, 2024, 200_000, proyeccion="censo_2024", archivo="censo.xlsx")]
    motor_con(raiz, conteos, poblaciones).cerrar()
