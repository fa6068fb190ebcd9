"""Las tablas de lo que se cuenta: coherentes entre sí, y rechazadas diciendo dónde si se estropean."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from atalaya import catalogo
from atalaya.catalogo import registros
from atalaya.errores import ErrorCatalogo

SESNSP = [d for d in registros.delitos() if d.fuente == "sesnsp"]


def test_un_subtipo_lleva_a_un_solo_indicador_en_su_instrumento() -> None:
    veces = Counter((d.instrumento, d.delito) for d in SESNSP)
    assert max(veces.values()) == 1
    assert {d.instrumento for d in SESNSP} == {"cnsp_38_15", "rnid"}


def test_en_2026_se_suma_solo_lo_que_junto_es_el_mismo_concepto() -> None:
    por_indicador = Counter(d.indicador for d in SESNSP if d.instrumento == "rnid")
    assert {k: n for k, n in por_indicador.items() if n > 1} == {
        "robo_de_vehiculo_automotor": 3,
        "trata_de_personas": 4,
    }
    assert max(Counter(d.indicador for d in SESNSP if d.instrumento == "cnsp_38_15").values()) == 1


def test_un_nombre_que_pierde_contenido_en_2026_lleva_clave_propia() -> None:
    """Las categorías residuales de las que salen delitos nuevos no son la misma serie aunque se llamen igual."""
    por_nombre = {(d.instrumento, d.delito): d.indicador for d in SESNSP}
    for delito in ("Otros delitos del Fuero Común", "Delitos cometidos por servidores públicos"):
        assert por_nombre["rnid", delito] == por_nombre["cnsp_38_15", delito] + "_rnid"
    for delito in ("Homicidio doloso", "Feminicidio", "Robo a casa habitación", "Amenazas"):
        assert por_nombre["rnid", delito] == por_nombre["cnsp_38_15", delito]


def test_modalidades_distintas_y_con_la_misma_clave_en_los_dos_instrumentos() -> None:
    indicador_de = {(d.instrumento, d.delito): d.indicador for d in SESNSP}
    por_instrumento: dict[str, set[tuple[str, str]]] = {}
    for m in registros.modalidades():
        llave = (indicador_de[m.instrumento, m.delito], m.desglose)
        assert llave not in por_instrumento.setdefault(m.instrumento, set()), m
        por_instrumento[m.instrumento].add(llave)
    comunes = {llave for llave in por_instrumento["rnid"] if llave[0] in {i for i, _ in por_instrumento["cnsp_38_15"]}}
    assert comunes <= por_instrumento["cnsp_38_15"]
    assert ("robo_de_vehiculo_automotor", "modalidad:motocicleta_con_violencia") in comunes


def test_los_tramos_sin_registro_no_se_enciman_y_van_en_orden() -> None:
    tramos = registros.sin_registro()
    assert len({(s.fuente, s.entidad, s.indicador) for s in tramos}) == len(tramos)
    assert all(not s.hasta or s.desde <= s.hasta for s in tramos)
    claves = {(s.entidad, s.indicador) for s in tramos}
    assert {("MX-15", "amenazas"), ("MX-22", "robo_a_transportista")} <= claves


def test_donde_empieza_o_termina_un_registro_hay_una_ruptura() -> None:
    rupturas = {(r.lugar, r.indicador, r.periodo) for r in catalogo.rupturas() if r.fuente == "sesnsp"}
    for s in registros.sin_registro():
        if s.desde > "2015-01":
            assert (s.entidad, s.indicador, s.desde) in rupturas
        if s.hasta and s.hasta < "2025-12":  # enero de 2026 ya es una ruptura para todos
            assert (s.entidad, s.indicador, f"{int(s.hasta[:4]) + 1}-01") in rupturas


def test_cada_entidad_tiene_sus_dos_lugares_sin_municipio() -> None:
    sin_municipio = {k: uno for k, uno in catalogo.lugares().items() if uno.tipo == "no_identificado"}
    assert len(sin_municipio) == 64
    assert {k[-3:] for k in sin_municipio} == {"998", "999"}
    assert all(uno.entidad == k[:5] for k, uno in sin_municipio.items())
    assert len({uno.nombre_corto for uno in sin_municipio.values()}) == 64


@pytest.mark.parametrize(
    ("archivo", "columna", "valor", "cargar"),
    [
        ("delitos.csv", "indicador", "pirateria", registros.delitos),
        ("modalidades.csv", "delito", "Piratería", registros.modalidades),
        ("modalidades.csv", "desglose", "arma", registros.modalidades),
        ("sin_registro.csv", "entidad", "MX-99", registros.sin_registro),
        ("sin_registro.csv", "desde", "2019", registros.sin_registro),
        ("sin_registro.csv", "evidencia", "", registros.sin_registro),
        ("cotejo_municipal.csv", "carpetas", "muchas", registros.cotejo_municipal),
        ("discrepancias_municipales.csv", "periodo", "2024-13", registros.discrepancias_municipales),
        ("municipios_nuevos.csv", "lugar", "MX-99999", registros.municipios_nuevos),
    ],
)
def test_una_tabla_estropeada_dice_archivo_y_fila(
    tmp_path: Path, archivo: str, columna: str, valor: str, cargar: Callable[[Path], object]
) -> None:
    carpeta = shutil.copytree(catalogo.CARPETA, tmp_path / "catalogo")
    with (carpeta / archivo).open(encoding="utf-8", newline="") as flujo:
        filas = list(csv.reader(flujo))
    filas[1][filas[0].index(columna)] = valor
    with (carpeta / archivo).open("w", encoding="utf-8", newline="") as flujo:
        csv.writer(flujo).writerows(filas)
    with pytest.raises(ErrorCatalogo) as falla:
        cargar(carpeta)
    assert falla.value.donde == f"{archivo} › fila 2 › {columna}"
