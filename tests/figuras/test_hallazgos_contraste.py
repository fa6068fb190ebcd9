"""Las frases de percepción y registro, y la ventana que alinea calendarios distintos."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
import vl_convert

from atalaya.figuras import cronologia, hallazgos_contraste, lineas
from tests.figuras.conftest import fila as celda


def pareja(uno: str, otro: str, **cambios: Any) -> dict[str, Any]:
    """Una fila de `contraste.contrastar` con esos veredictos (lo que se dice, lo que se registra)."""
    signo = {"sube": 1, "baja": -1}
    return {
        "dice": "inseguridad_ciudad",
        "registra": "homicidio_doloso",
        "lugar": "MX-15058",
        "nombre": "Nezahualcóyotl",
        "motivo": "",
        "periodo_desde": "2019T1",
        "periodo_hasta": "2025T2",
        "valor_desde": 77.8,
        "valor_hasta": 77.8 + 12.9 * signo.get(uno, 0.1),
        "diferencia": 12.9 * signo.get(uno, 0.1),
        "margen": 8.7,
        "p_dice": 0.001,
        "veredicto_dice": uno,
        "desde": "2019",
        "hasta": "2024",
        "casos_desde": 181,
        "casos": 74,
        "cambio_pct": 50.0 * signo.get(otro, 0.1),
        "cambio_inf": 50.0 * signo.get(otro, 0.1) - 10,
        "cambio_sup": 50.0 * signo.get(otro, 0.1) + 10,
        "p": 0.001,
        "veredicto": otro,
        "pruebas": 2,
        **cambios,
    }


def frase(uno: str, otro: str, **cambios: Any) -> str:
    """La única frase, con espacios corrientes."""
    (dicha,) = hallazgos_contraste.frases(pd.DataFrame([pareja(uno, otro, **cambios)]))
    return dicha.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("uno", "otro", "dicho"),
    [
        ("baja", "baja", "las dos bajan más que su error"),
        ("sube", "baja", "van en sentidos opuestos, más que su error"),
        ("baja", "sin_cambio", "sólo lo que se dice cambió más que su error"),
        ("no_con_holm", "sube", "sólo lo que se registra cambió más que su azar"),
        ("sin_cambio", "no_con_holm", "ninguna de las dos cambió más que su error"),
    ],
)
def test_se_dice_lo_que_las_dos_pruebas_sostienen(uno: str, otro: str, dicho: str) -> None:
    assert dicho in frase(uno, otro)


def test_la_frase_lleva_sus_cifras_y_sus_errores() -> None:
    dicha = frase("baja", "baja")
    assert "de marzo de 2019 a junio de 2025 bajó, −12.9 puntos (± 8.7), de 77.8 % a 64.9 %" in dicha
    assert "de 2019 a 2024 la tasa bajó, −50.0 % (−60.0 % a −40.0 %), de 181 a 74 casos" in dicha


def test_lo_que_no_se_distingue_no_lleva_verbo() -> None:
    dicha = frase("sin_cambio", "sin_cambio")
    assert "no se distingue un cambio, +1.3 puntos" in dicha
    assert "bajó" not in dicha
    assert "subió" not in dicha
    assert "no se sabe si cambió" in frase("sin_prueba", "baja", p_dice=float("nan"))


def test_las_que_no_tienen_anios_en_comun_van_juntas() -> None:
    filas = [
        pareja("sin_prueba", "sin_prueba", motivo="sin_anios_en_comun", registra=clave)
        for clave in ("homicidio_doloso", "feminicidio")
    ]
    (dicha,) = hallazgos_contraste.frases(pd.DataFrame(filas))
    assert "sin dos años con cifra comparable suya y de homicidio doloso y feminicidio (Nezahualcóyotl)" in dicha
    assert hallazgos_contraste.frases(pd.DataFrame()) == []


def test_la_nota_dice_cuantas_pruebas() -> None:
    assert "son 2 pruebas a la vez" in hallazgos_contraste.nota(pd.DataFrame([pareja("baja", "baja")]))
    assert hallazgos_contraste.nota(pd.DataFrame()) == ""


def test_los_motivos_son_los_de_lo_que_esta_a_la_vista() -> None:
    de_mexico = " ".join(
        hallazgos_contraste.motivos(
            "MX-CD07", ("MX-05035", "MX-10007"), pd.DataFrame(), ["inseguridad_ciudad"], ["homicidio_doloso"]
        )
    )
    assert "está en 2 municipios (Torreón y Gómez Palacio)" in de_mexico
    assert "Sentirse inseguro no es haber sido víctima" in de_mexico
    assert "Memoria" not in de_mexico
    assert "Una carpeta puede llevar varias víctimas" in de_mexico
    encuesta = pd.DataFrame({"lugar": ["CL-13122", "CL-13"], "periodo": ["2023", "2024"], "estado": ["dato", "dato"]})
    de_chile = " ".join(
        hallazgos_contraste.motivos("CL-13122", ("CL-13122",), encuesta, ["victimizacion_hogar"], ["casos_policiales"])
    )
    assert "sólo da cifra de Peñalolén en 2023: las líneas de su región y del país no son la suya" in de_chile
    assert "Memoria" in de_chile
    assert "detención en flagrancia" in de_chile


@pytest.mark.parametrize(
    "ejes",
    [["2019T3", "2019T4", "2020T1"], ["2018S2", "2019S1"], ["2020", "2021"], ["2019-01", "2019-02"]],
    ids=["trimestres", "semestres", "años", "meses"],
)
def test_la_ventana_pone_cada_anio_en_la_misma_vertical(ejes: list[str]) -> None:
    """A qué parte del ancho cae la mitad de cada año no depende del calendario."""
    una = cronologia.ventana(ejes, 2018, 2021)
    partes = {anio: (pos - una.desde) / (una.hasta - una.desde) for pos, anio in una.rotulos.items()}
    esperadas = {str(a): (0.02 * 4 + a - 2018 + 0.5) / (4 * 1.04) for a in range(2018, 2022)}
    assert partes == pytest.approx(esperadas)


def test_la_figura_con_ventana_rotula_los_anios_aunque_su_serie_empiece_despues() -> None:
    tabla = pd.DataFrame([celda("A", 40.0 + k, periodo=p) for k, p in enumerate(("2020T1", "2020T2", "2020T3"))])
    una = cronologia.ventana(list(tabla["periodo"]), 2018, 2021)
    assert min(una.rotulos) < 0  # 2018 queda antes del primer punto
    dibujo = vl_convert.vegalite_to_svg(lineas.lineas(tabla, ["A"], "claro", 600, ventana=una).vegalite())
    for anio in ("2018", "2019", "2020", "2021"):
        assert f">{anio}<" in dibujo
