"""Un texto que viene de los datos se lee tal cual: ninguna de sus letras se vuelve una marca de Markdown."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from atalaya.interfaz.llano import UNION, en_html, llano

# Lo que Streamlit entiende: CommonMark con tablas y tachado; los enlaces sin corchetes los haría GFM.
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
LETRAS = st.text(alphabet="aZ1 *_`~[]()<>#!|$:&;.+-=\\/@\n{}ñ", max_size=40)


@given(LETRAS)
@example("# no es título")
@example("1. no es lista")
@example("![x](https://malo.invalid/x.png)")
@example("<script>alert(1)</script>")
@example("&lt;b&gt;")
@example("- raya")
@example("=== subraya")
def test_markdown_lo_deja_como_estaba(texto: str) -> None:
    seguido = " ".join(texto.split())
    # Dentro de una frase, como lo ponen las páginas, y al principio de una celda.
    for antes in ("", "Dice: "):
        piezas = MARKDOWN.parse(antes + llano(texto))
        assert {p.type for p in piezas} <= {"paragraph_open", "inline", "paragraph_close"}
        hijas = [h for p in piezas for h in p.children or []]
        assert {h.type for h in hijas} <= {"text", "text_special"}
        assert "".join(h.content for h in hijas).replace(UNION, "") == (antes + seguido).strip()


@pytest.mark.parametrize(
    "marca",
    [
        *(":red[x]", ":material/home:", ":smile:", ":100:", "$x^2$", "a -> b", "a <- b", "a -- b"),
        *("https://malo.invalid", "www.malo.invalid", "yo@malo.invalid"),
    ],
)
def test_lo_propio_de_streamlit_y_los_enlaces_sueltos_quedan_rotos(marca: str) -> None:
    """En el navegador lo comprueba tests/navegador/test_cargar_hostil.py: estas marcas se buscan ya sin las barras."""
    assert {UNION, "\\"} & set(llano(marca))
    assert llano(marca).replace("\\", "").replace(UNION, "") == marca
    assert marca not in llano(marca).replace("\\", "") or "$" in marca


@pytest.mark.parametrize("nada", [None, float("nan"), 3])
def test_lo_que_no_es_texto_es_vacio(nada: object) -> None:
    assert llano(nada) == "" == en_html(nada)


def test_en_html_escapa_y_guarda_los_parrafos() -> None:
    assert en_html("<b>uno</b>\n\ndos\ntres") == "<p>&lt;b&gt;uno&lt;/b&gt;</p><p>dos tres</p>"
