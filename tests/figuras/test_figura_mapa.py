"""El mapa: clases, tramas, lo que viaja al navegador, y que en él se vea y se lea lo que dice la tabla."""

from __future__ import annotations

import json
import re
from typing import Any

import pandas as pd
import pytest
import vl_convert

from atalaya.figuras import escala as escalas
from atalaya.figuras import leyenda_mapa, mapa, tema
from atalaya.figuras.escala import AUSENCIAS, CERO, Escala, clase_ausente, clases
from atalaya.figuras.plantilla import Figura, juntar
from atalaya.fuentes import mapas

PORCENTAJES = Escala((20.0, 35.0, 50.0, 65.0, 80.0, 95.0), "mas_es_peor")
TASAS = Escala((0.0, 7.0, 12.0, 20.0, 40.0, 300.0), "mas_es_peor", "por 100 mil")
EJEMPLO = {
    "areas": "MX-CD28",
    "municipios": "MX-15058",
    "entidades": "MX-15",
    "comunas": "CL-13122",
    "regiones": "CL-13",
}


def fila(lugar: str, valor: float | None, estado: str = "dato", **cambios: Any) -> dict[str, Any]:
    """Un lugar de juguete, con las columnas de una encuesta y de un registro."""
    return {
        "lugar": lugar,
        "nombre": f"Lugar {lugar}",
        "valor": valor,
        "ic_inf": None if valor is None else valor - 5,
        "ic_sup": None if valor is None else valor + 5,
        "estado": estado,
        "precision": "alta" if estado == "dato" else None,
        "metodo_error": "microdatos" if estado == "dato" else None,
        "casos": None if valor is None else round(valor * 10),
        **cambios,
    }


def svg(figura: Figura) -> str:
    """La figura dibujada con su territorio dentro."""
    return str(vl_convert.vegalite_to_svg(mapa.incrustar(figura.vegalite())))


def ancho_de(trazo: str) -> float:
    """Los pixeles que un trazo ocupa a lo ancho."""
    x = [float(par.split(",")[0]) for par in re.findall(r"-?[\d.]+,-?[\d.]+", trazo)]
    return max(x) - min(x)


def trozo(dibujo: str, nombre: str) -> str:
    """El trazo de un lugar: el primero que lo nombra."""
    return next(t for t in dibujo.split("<path") if f'aria-label="{nombre}: ' in t)


@pytest.mark.parametrize("modo", tema.MODOS)
@pytest.mark.parametrize("escala", [PORCENTAJES, TASAS], ids=["porcentajes", "tasas"])
@pytest.mark.parametrize("nivel", mapas.NIVELES)
def test_todo_nivel_se_dibuja_en_los_dos_modos(nivel: str, escala: Escala, modo: str) -> None:
    tabla = pd.DataFrame([fila(EJEMPLO[nivel], 55.0)])
    figura = mapa.panel(tabla, nivel, "nacional", escala, [EJEMPLO[nivel]], modo, 500)
    dibujo = svg(figura)
    nombre = next(
        f["properties"]["nombre"]
        for f in mapa.topologia(nivel)["objects"][nivel]["geometries"]
        if f["id"] == EJEMPLO[nivel]
    )
    esperado = mapa.rampa(tema.paleta(modo), "mas_es_peor")[2 if escala is PORCENTAJES else 4]
    assert f'fill="{esperado}"' in trozo(dibujo, nombre)
    assert ("Rapa Nui (×5)" in dibujo) == nivel.startswith(("comunas", "regiones"))


@pytest.mark.parametrize("nivel", [n for n, uno in mapas.NIVELES.items() if uno.recuadros])
def test_dos_encuadres_de_un_nivel_caben_en_una_lamina(nivel: str) -> None:
    tabla = pd.DataFrame([fila(EJEMPLO[nivel], 55.0)])
    recuadro = next(iter(mapas.NIVELES[nivel].recuadros))
    partes = [mapa.panel(tabla, nivel, donde, PORCENTAJES, [], "claro", 300) for donde in ("nacional", recuadro)]
    leyenda = leyenda_mapa.dibujar(tabla, PORCENTAJES, "claro", 620)
    dibujo = svg(juntar("vconcat", [juntar("hconcat", partes, 16), leyenda], 10))
    assert dibujo.count(f'fill="{mapa.rampa(tema.CLARO, "mas_es_peor")[2]}"') >= 3  # dos encuadres y la leyenda
    # Cada encuadre, con su proyección: el recuadro amplía.
    trazos = re.findall(r' d="([^"]+)"[^>]*fill="' + mapa.rampa(tema.CLARO, "mas_es_peor")[2], dibujo)
    grande, chico = (ancho_de(trazo) for trazo in trazos[:2])
    assert chico > 3 * grande


def test_las_clases_de_porcentajes_cubren_todas_las_cifras() -> None:
    escala = escalas.de_porcentajes(24.1, 90.4, "mas_es_peor")
    assert escala == PORCENTAJES
    tabla = pd.DataFrame([fila("x", v) for v in (20.0, 34.9, 35.0, 80.0, 95.0)])
    assert list(clases(tabla, escala)) == [0, 0, 1, 4, 4]


@pytest.mark.parametrize("extremos", [(0.0, 3.0), (97.0, 100.0), (0.0, 100.0), (41.0, 41.0)])
def test_cortes_de_porcentajes_en_los_extremos(extremos: tuple[float, float]) -> None:
    cortes = escalas.de_porcentajes(*extremos, "neutro").cortes
    assert 0 <= cortes[0] <= extremos[0]
    assert extremos[1] <= cortes[-1] <= 100


@pytest.mark.parametrize(
    ("quintiles", "cortes"),
    [
        ([1.2, 7.12, 11.8, 19.6, 41.3, 310.0], (0.0, 7.0, 12.0, 20.0, 41.0, 310.0)),
        ([120.0, 431.0, 764.0, 1212.0, 2530.0, 9000.0], (0.0, 430.0, 760.0, 1200.0, 2500.0, 9000.0)),
        ([0.2, 0.31, 0.31, 0.32, 0.4, 0.9], (0.0, 0.3, 0.4, 0.5, 0.6, 0.9)),  # quintiles casi iguales se separan
    ],
)
def test_cortes_de_tasas_redondos_y_crecientes(quintiles: list[float], cortes: tuple[float, ...]) -> None:
    assert escalas.de_tasas(quintiles, "mas_es_peor").cortes == pytest.approx(cortes)


def test_sin_tasas_la_escala_existe_y_crece() -> None:
    cortes = escalas.de_tasas([], "mas_es_peor").cortes
    assert len(cortes) == 6
    assert sorted(set(cortes)) == list(cortes)


def test_cero_casos_no_es_la_clase_mas_baja_ni_una_ausencia() -> None:
    tabla = pd.DataFrame(
        [fila("MX-15", 0.0, ic_inf=0.0, ic_sup=1.5), fila("MX-09", 0.4), fila("MX-29", None, "no_registrado")]
    )
    assert list(clases(tabla, TASAS)) == [CERO, 0, clase_ausente("no_registrado")]
    dibujo = svg(mapa.panel(tabla, "entidades", "nacional", TASAS, [], "claro", 500))
    assert f'fill="{tema.CLARO.cero}"' in trozo(dibujo, "Estado de México")
    assert "Estado de México: cero casos; intervalo al 95 %: 0.0 a 1.5; casos: 0" in trozo(dibujo, "Estado de México")
    assert "Tlaxcala: no se registra; intervalo al 95 %: —; casos: —" in trozo(dibujo, "Tlaxcala")


def test_cada_ausencia_tiene_su_aspecto_y_ninguno_es_el_de_una_cifra() -> None:
    entidades = dict(zip(AUSENCIAS, ("MX-01", "MX-02", "MX-03", "MX-04", "MX-05", "MX-06"), strict=True))
    nombres = {
        f["id"]: f["properties"]["nombre"] for f in mapa.topologia("entidades")["objects"]["entidades"]["geometries"]
    }
    for escala in (PORCENTAJES, TASAS):
        suyas = {estado: entidades[estado] for estado in escala.ausencias}
        tabla = pd.DataFrame([fila(lugar, None, estado) for estado, lugar in suyas.items()] + [fila("MX-07", 50.0)])
        dibujo = svg(mapa.panel(tabla, "entidades", "nacional", escala, [], "claro", 500))
        aspectos = set()
        for lugar in (*suyas.values(), "MX-07"):
            atributos = re.search(r'fill="([^"]+)"', trozo(dibujo, nombres[lugar]))
            assert atributos
            relleno = atributos[1]
            if relleno.startswith("url(#"):  # dos tramas son distintas si lo es su degradado
                definicion = re.search(rf'<linearGradient id="{relleno[5:-1]}"(.*?)</linearGradient>', dibujo)
                assert definicion
                relleno = definicion[1]
            aspectos.add(relleno)
        assert len(aspectos) == len(suyas) + 1


def test_lo_desconocido_se_ve_como_sin_dato() -> None:
    assert clase_ausente("no_incorporado") == clase_ausente("sin_dato")


def test_la_marcada_y_la_dudosa_llevan_contorno() -> None:
    tabla = pd.DataFrame([fila("MX-15", 50.0, precision="moderada"), fila("MX-14", 30.0)])
    figura = mapa.panel(tabla, "entidades", "nacional", PORCENTAJES, ["MX-14"], "claro", 500)
    dibujo = svg(figura)
    assert 'stroke-dasharray="2,2"' in dibujo
    marcada = [t for t in dibujo.split("<path") if 'stroke-width="3"' in t and 'aria-label="Jalisco: ' in t]
    assert len(marcada) == 1
    leyenda = svg(leyenda_mapa.dibujar(tabla, PORCENTAJES, "claro", 900))
    assert f">{mapa.MARCADA}<" in leyenda
    assert f">{mapa.DUDOSA}<" in leyenda
    assert "1 (" not in leyenda


def test_lo_que_viaja_son_enteros_cortos_y_se_lee_entero() -> None:
    tabla = pd.DataFrame(
        [
            fila("MX-15058", 12.34, casos=999, ic_inf=10.06, ic_sup=15.0),
            fila("MX-09002", None, "sin_dato"),
            *(fila(f"MX-{k:05d}", 1.0) for k in range(20001, 20571)),
        ]
    )
    filas = mapa.panel(tabla, "municipios", "nacional", TASAS, [], "claro").datos["filas"]
    assert [str(t) for t in filas.dtypes] == ["int16", "int8", "int8", "int16"]
    assert list(filas.columns) == ["clave", "sena", "v", "casos"]  # con cientos de lugares el intervalo no viaja
    assert filas.iloc[0].to_dict() == {"clave": 15058, "sena": 2, "v": 123, "casos": 999}
    assert filas.iloc[1].to_dict() == {"clave": 9002, "sena": clase_ausente("sin_dato"), "v": -1, "casos": -1}
    pocos = tabla.head(2)
    dibujo = svg(mapa.panel(pocos, "municipios", "nacional", TASAS, [], "claro", 500))
    assert "12.3 por 100 mil; intervalo al 95 %: 10.1 a 15.0; casos: 999" in trozo(dibujo, "Nezahualcóyotl")


def test_una_cifra_de_encuesta_dice_su_precision_y_su_error() -> None:
    tabla = pd.DataFrame([fila("MX-CD28", 55.946, precision="baja", metodo_error="modelada")])
    dibujo = svg(mapa.panel(tabla, "areas", "nacional", PORCENTAJES, [], "claro", 500))
    assert "55.95 % (precisión baja); intervalo al 95 %: 50.95 a 60.95 (error modelado)" in trozo(
        dibujo, "Nezahualcóyotl"
    )


def test_la_figura_de_pantalla_admite_clic_y_no_cambia_con_los_datos() -> None:
    una, otra = (
        mapa.panel(pd.DataFrame([fila("MX-15", valor)]), "entidades", "nacional", PORCENTAJES, marcados)
        for valor, marcados in ((30.0, []), (90.0, ["MX-15"]))
    )
    assert json.dumps(una.spec) == json.dumps(otra.spec)  # si cambiara, el navegador la reharía entera
    [elegir] = una.spec["params"]
    assert (elegir["name"], elegir["select"]) == (
        mapa.ELEGIDO,
        {"type": "point", "fields": ["lugar"], "toggle": "true"},
    )
    assert una.spec["usermeta"]["embedOptions"]["renderer"] == "canvas"
    assert mapa.rotulo("entidades", "todo el país") == mapa.rotulo("entidades", "todo el país")
    assert (
        "params"
        not in mapa.panel(pd.DataFrame([fila("MX-15", 1.0)]), "entidades", "nacional", TASAS, [], "claro", 9).spec
    )


def test_el_texto_dice_clases_extremos_y_marcados() -> None:
    tabla = pd.DataFrame(
        [
            fila("MX-15", 30.0, nombre="Estado de México"),
            fila("MX-14", 62.5, nombre="Jalisco", precision="moderada"),
            fila("MX-29", None, "no_levantado", nombre="Tlaxcala"),
        ]
    )
    dicho = mapa.describir(tabla, "Prueba, 2024", "entidades", PORCENTAJES, ["MX-29"])
    assert dicho.startswith(
        "Mapa de entidades. Prueba, 2024. 1 entidad, 50 a menos de 65 %; 1 entidad, 20 a menos de 35 %"
    )
    assert "1 entidad, no se levantó." in dicho
    assert (
        "La mayor, Jalisco: 62.50\N{NO-BREAK SPACE}% (precisión moderada). La menor, Estado de México: 30.00" in dicho
    )
    assert dicho.endswith("Tlaxcala: no se levantó.")
    tasas = tabla.assign(valor=[0.0, 12.34, None])
    dicho = mapa.describir(tasas, "Prueba", "entidades", TASAS, ["MX-15"])
    assert "1 entidad, cero casos" in dicho
    assert "La menor" not in dicho
    assert dicho.endswith("La mayor, Jalisco: 12.3 por 100 mil. Estado de México: cero casos.")
