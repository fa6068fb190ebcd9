"""Una presentación: se arma, se ordena, se guarda, se comparte y se rechaza si está mal."""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.errores import ErrorCatalogo
from atalaya.interfaz import presentacion as modelo
from atalaya.interfaz.presentacion import Lamina, Presentacion

TRES = Presentacion("Tres", tuple(Lamina(f"mapa?periodo={k}", str(k)) for k in "abc"))
TEXTOS = st.text(max_size=60)
LAMINAS = st.builds(Lamina, st.sampled_from(["comparar?lugar=MX-CD28", "mapa", "inicio?"]), TEXTOS, TEXTOS)


def orden(una: Presentacion) -> str:
    """Los títulos, juntos."""
    return "".join(lamina.titulo for lamina in una.laminas)


def test_se_mueven_se_quitan_y_se_cambian_sin_tocar_la_de_antes() -> None:
    assert orden(TRES.mover(0, 1)) == "bac"
    assert orden(TRES.mover(2, -1)) == "acb"
    assert orden(TRES.mover(0, -1)) == "abc"
    assert orden(TRES.mover(2, 1)) == "abc"
    assert orden(TRES.sin(1)) == "ac"
    assert orden(TRES.con(Lamina("mapa", "d"))) == "abcd"
    assert TRES.cambiar(1, nota="Di esto").laminas[1].nota == "Di esto"
    assert orden(TRES) == "abc"


@given(st.builds(Presentacion, TEXTOS, st.lists(LAMINAS, max_size=8).map(tuple)))
def test_lo_guardado_y_lo_compartido_se_abre_igual(una: Presentacion) -> None:
    assert modelo.de_json(modelo.a_json(una)) == una
    assert modelo.de_enlace(modelo.a_enlace(una)) == una


@pytest.mark.parametrize(
    ("contenido", "dicho"),
    [
        (b"{", "un JSON"),
        (b"\xff\xfe", "un JSON"),
        (b"[]", "una presentación de Atalaya"),
        (b'{"atalaya": 2}', "una presentación de Atalaya"),
        (b'{"atalaya": 1, "laminas": 3}', "láminas"),
        (b'{"atalaya": 1, "laminas": [3]}', "vista, titulo y nota"),
        (b'{"atalaya": 1, "laminas": [{"vista": "/etc/passwd"}]}', "una página de Atalaya"),
        (b'{"atalaya": 1, "laminas": [{"vista": "https://otro.sitio/mapa"}]}', "una página de Atalaya"),
        (b'{"atalaya": 1, "laminas": [{"vista": "mapa", "nota": 3}]}', "un texto"),
        (json.dumps({"atalaya": 1, "laminas": [{"vista": "mapa"}] * 61}).encode(), "hasta 60 láminas"),
        (b" " * 200_001, "bytes a lo más"),
    ],
)
def test_un_archivo_malo_se_rechaza_diciendo_que_se_esperaba(contenido: bytes, dicho: str) -> None:
    with pytest.raises(ErrorCatalogo) as falla:
        modelo.de_json(contenido)
    assert dicho in str(falla.value)


@pytest.mark.parametrize("enlace", ["", "no-es", "AAAA", urlsafe_b64encode(zlib.compress(b" " * 10**7)).decode()])
def test_un_enlace_cortado_o_una_bomba_se_rechaza(enlace: str) -> None:
    with pytest.raises(ErrorCatalogo):
        modelo.de_enlace(enlace)


def test_una_vista_se_dice_en_palabras() -> None:
    vista = "clasificacion?indicador=confianza_policia_municipal&lugar=MX-CD28&periodo=2025T2&tema=esencial"
    assert modelo.decir(vista) == "Clasificación: Confianza: policía municipal; Nezahualcóyotl; junio de 2025"
    assert modelo.decir("mapa?periodo=nunca&lugar=XX") == "Mapa"


def test_la_del_seminario_trae_diez_vistas() -> None:
    una = modelo.seminario()
    assert len(una.laminas) == 10
    assert {modelo.ruta_de(lamina.vista) for lamina in una.laminas} >= {"afirmaciones", "comparar", "intercambio"}
    assert all(lamina.nota for lamina in una.laminas)
