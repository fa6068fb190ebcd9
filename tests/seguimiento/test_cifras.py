"""Las cifras de los cinco documentos, aseveradas con SQL: contadas a mano del documento, no de la tabla."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from atalaya import motor

Sql = Callable[..., Any]


@pytest.fixture(scope="module")
def sql() -> Iterator[Sql]:
    """La primera celda de una consulta."""
    casa = motor.abrir(perezoso=True)
    with casa.con_tablas({}) as cursor:

        def _uno(consulta: str, *valores: str) -> Any:
            fila = cursor.execute(consulta, list(valores)).fetchone()
            return fila[0] if fila and len(fila) == 1 else fila

        yield _uno
    casa.cerrar()


MEDIDAS = {
    "dgo_consulta": {"registros": 5154, "propuestas": 14377, "colonias": 164, "fraccionamientos": 148},
    "dgo_contraloria": {"capacitados": 151, "quejas": 8, "observatorios": 5, "contralores": 11},
    "dgo_ladrilleras": {"derribadas": 42, "reubicadas": 7, "personas_min": 80, "personas_max": 100},
    "dgo_transparencia": {"verificaciones": 4},
    "izt_dialogos": {
        "territorios": 130,
        "agendas": 53,
        "barrios_iniciales": 22,
        "manzanas": 6500,
        "territorio_pct": 70,
        "enlaces": 17000,
        "responsables": 130,
        "apoyo": 1280,
        "servidores_del_pueblo": 280,
        "promotores": 1000,
        "direcciones_territoriales": 13,
        "evaluaciones": 0,
    },
    "mx_ejercicios": {
        "estados": 30,
        "estados_activos": 17,
        "compromisos_firmados": 131,
        "organizaciones": 120,
        "fases": 6,
    },
    "mx_ogp": {"paises": 78, "gobiernos_subnacionales": 56, "compromisos_firmados": 1000, "organizaciones": 500},
    "mx_pa2_cocreacion": {"mesas": 9},
    "mx_pa3_cocreacion": {"participantes": 400},
    "mx_pa4_cocreacion": {"participaciones": 1100},
    "ifai_cocreacion": {"ejercicios": 12},
    "red_difusion": {"municipios": 87, "participantes_en_linea": 1500},
}
ALCANCES = {
    ("mx_ejercicios", "organizaciones"): "mínimo",
    ("mx_pa4_cocreacion", "participaciones"): "mínimo",
    ("mx_pa3_cocreacion", "participantes"): "mínimo",
    ("mx_ogp", "compromisos_firmados"): "mínimo",
    ("mx_ogp", "organizaciones"): "mínimo",
    ("red_difusion", "participantes_en_linea"): "mínimo",
    ("izt_dialogos", "manzanas"): "aproximada",
    ("izt_dialogos", "enlaces"): "aproximada",
}
MUNICIPALES = {
    ("MX-15058", "cuadrantes_policiales"): (100, "exacta"),
    ("MX-15058", "sectores_policiales"): (15, "exacta"),
    ("MX-15058", "zonas_policiales"): (4, "exacta"),
    ("CL-13122", "camaras_de_seguridad"): (107, "exacta"),
    ("CL-13122", "agentes_preventivos"): (45, "exacta"),
    ("CL-13122", "agentes_preventivos_de_proximidad"): (6, "exacta"),
    ("CL-13122", "vehiculos_de_atencion_oportuna"): (7, "exacta"),
    ("CL-13122", "alarmas_comunitarias"): (28000, "mínimo"),
}


@pytest.mark.parametrize(("proceso", "medida"), [(p, m) for p, suyas in MEDIDAS.items() for m in suyas])
def test_cada_cuenta_de_un_proceso(sql: Sql, proceso: str, medida: str) -> None:
    hallado = sql("select estado, valor from medidas where proceso = ? and medida = ?", proceso, medida)
    assert hallado == ("dato", MEDIDAS[proceso][medida])


@pytest.mark.parametrize(("proceso", "medida"), ALCANCES)
def test_mas_de_y_cerca_de_no_son_cifras_exactas(sql: Sql, proceso: str, medida: str) -> None:
    hallado = sql("select alcance from medidas where proceso = ? and medida = ?", proceso, medida)
    assert hallado == ALCANCES[proceso, medida]


@pytest.mark.parametrize(("lugar", "indicador"), MUNICIPALES)
def test_los_indicadores_municipales_van_citados(sql: Sql, lugar: str, indicador: str) -> None:
    valor, alcance = MUNICIPALES[lugar, indicador]
    assert sql(
        "select valor, alcance, metodo, direccion like 'http%' from indicadores_municipales "
        "where lugar = ? and indicador = ?",
        lugar,
        indicador,
    ) == (valor, alcance, "citada", True)


def test_las_redes_de_nezahualcoyotl_son_mas_de_diez_mil(sql: Sql) -> None:
    consulta = "select valor > 10000 from indicadores_municipales where lugar = 'MX-15058'"
    assert sql(f"{consulta} and indicador = 'redes_vecinales'")


def test_los_de_penalolen_son_de_2022(sql: Sql) -> None:
    assert sql(
        "select list_sort(list_distinct(list(periodo))) from indicadores_municipales where lugar = 'CL-13122'"
    ) == ["2022"]


def test_los_trece_del_cuarto_plan_seis_cocreados_y_siete_proactivos(sql: Sql) -> None:
    assert sql(
        "select count(*), min(numero), max(numero), count(distinct numero) from compromisos where plan = 'mx_pa4'"
    ) == (
        13,
        1,
        13,
        13,
    )
    assert sql("select count(*) from compromisos where plan = 'mx_pa4' and origen = 'cocreado' and numero <= 6") == 6
    assert sql("select count(*) from compromisos where plan = 'mx_pa4' and origen = 'proactivo' and numero > 6") == 7
    assert sql("select inicio, fin from planes where plan = 'mx_pa4'") == ("2019-12", "2021-08-31")


def test_responsables_y_corresponsables_del_cuarto_plan(sql: Sql) -> None:
    """Contados renglón por renglón de las dos láminas."""
    assert sql(
        "select count(*) filter (where papel = 'responsable'), count(*) filter (where papel = 'corresponsable') "
        "from responsables inner join compromisos using (compromiso) where plan = 'mx_pa4'"
    ) == (34, 34)
    assert sql("select count(distinct compromiso) from responsables where papel = 'corresponsable'") == 13


def test_los_siete_del_tercer_plan_con_su_veredicto(sql: Sql) -> None:
    assert sql("select count(*) from compromisos where plan = 'mx_pa3'") == 7
    assert sql(
        "select list(v order by v) from "
        "(select veredicto || ': ' || count(*) as v from calificaciones group by veredicto)"
    ) == [
        "apegado, sin participación amplia: 2",
        "desapegado, con posibles efectos nocivos: 2",
        "distinto, con menor impacto: 3",
    ]
    assert sql("select count(*) from avances inner join compromisos using (compromiso) where plan = 'mx_pa3'") == 0


def test_jalisco_lleva_95_de_una_meta_de_100_y_campeche_no_reporta(sql: Sql) -> None:
    assert sql(
        "select avance_pct, meta_pct, estado, corte_es from avances inner join compromisos using (compromiso) "
        "where compromiso = 'jal_peritos'"
    ) == (95, 100, "dato", "documento")
    assert sql("select estado, avance_pct from avances where compromiso = 'cam_justicia_alternativa'") == (
        "no reportado",
        None,
    )
    assert sql("select count(*) from actividades where compromiso = 'jal_peritos'") == 3


def test_los_480_participantes_por_sexo(sql: Sql) -> None:
    partes = "from participantes where proceso = 'mx_pa4_cocreacion' and procedencia"
    assert sql(f"select hombres, mujeres, personas {partes} = 'total'") == (250, 230, 480)
    assert sql(f"select sum(hombres), sum(mujeres), sum(personas), count(*) {partes} <> 'total'") == (250, 230, 480, 5)


def test_etapas_y_temas_de_la_cocreacion(sql: Sql) -> None:
    assert sql("select list(inicio || '/' || fin order by orden) from etapas where proceso = 'mx_pa4_cocreacion'") == [
        "2019-05-24/2019-06-17",
        "2019-06-18/2019-07-05",
    ]
    assert sql(
        "select count(*), count(distinct eje), min(fecha_mesa), max(fecha_mesa) from temas_votados "
        "where proceso = 'mx_pa4_cocreacion'"
    ) == (6, 3, "2019-08-21", "2019-09-13")
    assert sql("select list(tema order by orden) from temas_votados where proceso = 'dgo_consulta'") == [
        "Seguridad",
        "Empleo",
        "Calles",
    ]
    assert sql("select count(*) from etapas where proceso = 'mx_ejercicios'") == 6


def test_los_dias_de_la_semana_de_las_mesas_son_los_que_dice_el_documento(sql: Sql) -> None:
    """«Mie/21/ago», «Vie/13/sept»…: el documento no escribe el año y 2019 es el que hace cuadrar los seis días."""
    dias = sql(
        "select list(isodow(cast(fecha_mesa as date)) order by fecha_mesa) from temas_votados "
        "where fecha_mesa is not null"
    )
    assert dias == [3, 2, 4, 1, 1, 5]


def test_las_entidades_de_los_ejercicios(sql: Sql) -> None:
    faltan = (
        "select list(l.lugar order by l.lugar) from lugares as l where l.tipo = 'entidad' and l.lugar like 'MX-%' and "
        "l.lugar not in (select lugar from ejercicios_locales where proceso = 'mx_ejercicios')"
    )
    assert sql(faltan) == ["MX-21", "MX-28"], "Puebla y Tamaulipas no están en la lista de 30"
    assert sql(
        "select count(*) filter (where grupo = 'Grupo 1' and inicio = '2015-03'), "
        "count(*) filter (where grupo = 'Grupo 2' and inicio = '2015-06') from ejercicios_locales"
    ) == (6, 6)


def test_la_evaluacion_de_queretaro(sql: Sql) -> None:
    assert sql("select inicio, fin, plazo_dias, recomendaciones_declaradas from evaluaciones") == (
        "2020-02-24",
        "2021-02-15",
        180,
        None,
    )
    assert sql("select count(*) from integrantes") == 3
    assert sql(
        "select count(*) filter (where clase = 'criterio'), count(*) filter (where clase = 'perspectiva') "
        "from criterios"
    ) == (4, 3)


def test_intercambio(sql: Sql) -> None:
    assert sql("select list(inicio || '/' || fin order by inicio) from pasantias") == [
        "2022-03-21/2022-03-25",
        "2022-07-25/2022-07-29",
        "2022-10-23/2022-10-26",
        "2022-11-06/2022-11-11",
    ]
    assert sql("select desde, componentes_declarados from modelos where modelo = 'proximidad'") == ("2003", 7)
    assert sql("select count(*) from lecciones where de = 'promocion_derechos'") == 5
    assert sql("select count(*) from lecciones where de = 'proximidad'") == 4
    assert sql("select count(*) from lecciones where clase = 'papel del observatorio'") == 5


def test_las_afirmaciones_llevan_lo_que_se_dijo(sql: Sql) -> None:
    dichas = {
        "neza_7_de_10": ("nivel", 70, 10),
        "neza_sexta": ("posición", 6, 1),
        "nacional_45_6": ("nivel", 45.6, 0.1),
        "neza_6_de_10": ("nivel", 60, 10),
        "neza_tres_mas_efectivas": ("entre los primeros", 3, 1),
    }
    for clave, esperado in dichas.items():
        assert sql("select clase, valor, precision_dicha from afirmaciones where afirmacion = ?", clave) == esperado
