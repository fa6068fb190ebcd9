"""Publicar, reincorporar, versiones anteriores y huellas."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from acervo_de_juguete import entrega, huella_del_arbol, tabla, valores
from filelock import FileLock

from atalaya.acervo import Acervo, versiones
from atalaya.acervo.publicacion import publicar
from atalaya.acervo.revision import revisar_contrato
from atalaya.acervo.verificacion import verificar
from atalaya.contratos import ESTIMACION
from atalaya.errores import ErrorAcervo, ErrorFuente


def test_publicar_y_abrir(raiz: Path) -> None:
    acervo = publicar(raiz, [entrega("2025T1", 10.0), entrega("2024T4", 20.0)])
    assert [f.edicion for f in Acervo.abrir(raiz).fuentes] == ["2024T4", "2025T1"]
    assert acervo.fuentes[0].filas == 200
    assert acervo.fuentes[0].archivo == "2024T4.zip"
    assert acervo.fuentes[0].sha256 == "a" * 64
    assert valores(acervo) == {10.0, 20.0}
    assert verificar(raiz) == []


def test_lo_mismo_otra_vez_no_cambia_nada(raiz: Path) -> None:
    publicar(raiz, [entrega("2025T1", 10.0)])
    antes = huella_del_arbol(raiz)
    publicar(raiz, [entrega("2025T1", 10.0)])
    assert huella_del_arbol(raiz) == antes


def test_otro_archivo_del_mismo_trimestre(raiz: Path) -> None:
    """Crea una versión nueva; la anterior se abre y trae lo suyo."""
    vieja = publicar(raiz, [entrega("2025T1", 10.0), entrega("2024T4", 5.0)]).version
    nueva = publicar(raiz, [entrega("2025T1", 20.0, sha256="b" * 64)]).version
    assert vieja != nueva
    assert valores(Acervo.abrir(raiz)) == {20.0, 5.0}
    assert valores(Acervo.abrir(raiz, vieja)) == {10.0, 5.0}
    assert [m.version for m in versiones(raiz)] == [vieja, nueva]
    # Lo que no cambió se comparte entre versiones: dos archivos de 2025T1 y uno de 2024T4.
    assert len(list(raiz.glob("tablas/estimacion/*.parquet"))) == 3
    with pytest.raises(ErrorAcervo, match=f"{vieja}, {nueva}"):
        Acervo.abrir(raiz, "0099-noexiste")


def test_revision_que_rechaza_no_deja_rastro(raiz: Path) -> None:
    publicar(raiz, [entrega("2025T1", 10.0)])
    antes = huella_del_arbol(raiz)

    def rechazar(candidato: Acervo) -> None:
        assert valores(candidato) == {10.0, 20.0}  # lo que se revisa es el conjunto, no sólo lo nuevo
        raise ErrorFuente("juguete", "otra cosa", "esto", "nada")

    with pytest.raises(ErrorFuente):
        publicar(raiz, [entrega("2025T2", 20.0)], revisar=rechazar)
    assert huella_del_arbol(raiz) == antes


def test_cerrojo_ocupado(raiz: Path) -> None:
    publicar(raiz, [entrega("2025T1")])
    with FileLock(raiz / ".cerrojo"), pytest.raises(ErrorAcervo, match="nadie más esté publicando"):
        publicar(raiz, [entrega("2025T2")], espera_s=0.1)


def test_sin_acervo(raiz: Path) -> None:
    with pytest.raises(ErrorAcervo, match="incorporar"):
        Acervo.abrir(raiz)
    assert verificar(raiz)


@pytest.mark.parametrize(
    "alterar",
    [
        lambda crudo: crudo["fuentes"][0].update(filas=199),
        lambda crudo: crudo["fuentes"][0].update(origen="https://otro.invalid/"),
        lambda crudo: crudo["fuentes"][0]["tablas"][0].update(sha256="0" * 64),
        lambda crudo: crudo["fuentes"].clear(),
        lambda crudo: crudo.pop("huella"),
        lambda crudo: crudo.update(version="0009-deadbeef"),
    ],
)
def test_manifiesto_alterado(raiz: Path, alterar: object) -> None:
    publicar(raiz, [entrega("2025T1")])
    crudo = json.loads((raiz / "manifiesto.json").read_text(encoding="utf-8"))
    alterar(crudo)  # type: ignore[operator]
    (raiz / "manifiesto.json").write_text(json.dumps(crudo), encoding="utf-8")
    with pytest.raises(ErrorAcervo, match="alterado"):
        Acervo.abrir(raiz)
    assert "alterado" in verificar(raiz)[0]
    with pytest.raises(ErrorAcervo):  # y nadie publica encima de un acervo dudoso
        publicar(raiz, [entrega("2025T2")])


def test_manifiesto_a_medias(raiz: Path) -> None:
    publicar(raiz, [entrega("2025T1")])
    texto = (raiz / "manifiesto.json").read_text(encoding="utf-8")
    (raiz / "manifiesto.json").write_text(texto[: len(texto) // 2], encoding="utf-8")
    with pytest.raises(ErrorAcervo, match="JSON"):
        Acervo.abrir(raiz)


def test_historia_reescrita(raiz: Path) -> None:
    """Cambiar una versión anterior y recalcular su huella también se nota: la siguiente guarda la que sustituyó."""
    vieja = publicar(raiz, [entrega("2025T1", 10.0)])
    publicar(raiz, [entrega("2025T1", 20.0)])
    manifiesto = vieja.manifiesto
    falso = type(manifiesto)(**{**manifiesto.__dict__, "publicado": "1999-01-01T00:00:00+00:00"})
    falso.escribir(raiz / "manifiestos" / f"{vieja.version}.json")
    assert any("sustituyó" in falta for falta in verificar(raiz))
    (raiz / "manifiestos" / f"{vieja.version}.json").unlink()
    assert any("falta el manifiesto" in falta for falta in verificar(raiz))


def test_parquet_alterado_un_byte(raiz: Path) -> None:
    """Del mismo tamaño pasa al abrir, pero verificar lo dice y volver a incorporar lo repara."""
    publicar(raiz, [entrega("2025T1")])
    ruta = next(raiz.glob("tablas/*/*.parquet"))
    contenido = bytearray(ruta.read_bytes())
    contenido[len(contenido) // 2] ^= 1
    ruta.write_bytes(contenido)
    assert "alterado" in verificar(raiz)[0]
    publicar(raiz, [entrega("2025T1")])
    assert verificar(raiz) == []


def test_parquet_truncado_o_ausente(raiz: Path) -> None:
    publicar(raiz, [entrega("2025T1")])
    ruta = next(raiz.glob("tablas/*/*.parquet"))
    ruta.write_bytes(ruta.read_bytes()[:-10])
    with pytest.raises(ErrorAcervo, match=r"2025T1\.zip"):
        Acervo.abrir(raiz)
    ruta.unlink()
    assert "no está" in verificar(raiz)[0]


def test_parquet_ajeno_con_huella_en_regla(raiz: Path) -> None:
    """Un manifiesto coherente con un Parquet que no cumple el contrato: huellas bien, contenido no."""
    acervo = publicar(raiz, [entrega("2025T1")])
    ruta = acervo.rutas("estimacion")[0]
    tabla_mala = pq.read_table(ruta)
    repetida = pa.concat_tables([tabla_mala, tabla_mala.slice(0, 1)])
    assert revisar_contrato("estimacion", repetida)[0].startswith("1 llaves repetidas")


def test_contrato_incumplido_no_se_publica(raiz: Path) -> None:
    buena = tabla("2025T1")
    estado = ESTIMACION.get_field_index("estado")
    casos = {
        "estado": buena.set_column(estado, "estado", pa.array(["quizá"] * 200)),
        "filas|llaves": pa.concat_tables([buena, buena]),
        "columnas": buena.drop_columns(["celda"]),
        "nulos": pa.table(
            {c: pa.nulls(200, buena.schema.field(c).type) if c == "cuadro" else buena[c] for c in buena.column_names}
        ),
        "double": buena.set_column(5, "valor_pct", buena["valor_pct"].cast(pa.float32())),
    }
    for mensaje, mala in casos.items():
        uno = entrega("2025T1")
        uno.tablas["estimacion"] = mala
        with pytest.raises(ErrorFuente, match=mensaje):
            publicar(raiz, [uno])
    assert not raiz.exists()
