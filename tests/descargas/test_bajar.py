"""Bajar bien: entero, seguido donde iba, sin repetir, con su recibo y con su nombre sólo al final."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from servidor import Peticion, Servidor, archivo, cortado, estado, redireccion

from atalaya.descargas import Pedido
from atalaya.descargas import bajar as modulo
from atalaya.descargas.bajar import Bajado, bajar, carpeta_propia
from atalaya.descargas.red import Politica
from atalaya.errores import ErrorDescarga

AYER = "Wed, 25 Nov 2026 10:00:00 GMT"


class Bajador:
    """Baja el pedido del servidor a la carpeta."""

    def __init__(self, servidor: Servidor, pedido: Pedido, carpeta: Path, politica: Politica) -> None:
        self.servidor, self.pedido, self.carpeta, self.politica = servidor, pedido, carpeta, politica
        self.avances: list[tuple[int, int | None]] = []

    def __call__(self, actualizar: bool = False) -> Bajado:
        def avance(van: int, total: int | None) -> None:
            self.avances.append((van, total))

        return bajar(self.pedido, self.carpeta, self.servidor.sesion(), avance, actualizar, self.politica)

    def a_medias(self, ruta: str, cuerpo: bytes) -> None:
        """Deja un parcial de 7 kB de una orden que se rindió; después el servidor ya se porta bien."""
        self.servidor.guiones[ruta] = [cortado(cuerpo, 7_000), archivo(cuerpo)]
        self.politica = replace(self.politica, intentos=1)
        with pytest.raises(ErrorDescarga, match="sigue donde se quedó"):
            self()

    @property
    def nombres(self) -> set[str]:
        return {ruta.name.removeprefix(self.pedido.archivo) for ruta in self.carpeta.iterdir()}


@pytest.fixture
def bajador(servidor: Servidor, pedido: Pedido, tmp_path: Path, politica: Politica) -> Bajador:
    return Bajador(servidor, pedido, tmp_path, politica)


def test_entero_con_su_recibo(servidor: Servidor, bajador: Bajador, ruta: str, bueno: bytes) -> None:
    servidor.guiones[ruta] = [archivo(bueno, Last_Modified=AYER)]
    bajado = bajador()
    assert bajado.nuevo
    assert bajado.ruta.read_bytes() == bueno
    assert bajador.nombres == {"", ".recibo.json"}
    recibo = json.loads((bajador.carpeta / f"{bajador.pedido.archivo}.recibo.json").read_text(encoding="utf-8"))
    assert recibo["sha256"] == hashlib.sha256(bueno).hexdigest()
    assert (recibo["bytes"], recibo["etag"], recibo["modificado"]) == (len(bueno), '"v1"', AYER)
    assert recibo["direccion"] == bajador.pedido.direccion
    assert recibo["periodos"] == ["2025T2"]
    assert bajador.avances[0] == (0, len(bueno))
    assert bajador.avances[-1] == (len(bueno), len(bueno))
    assert servidor.cabeceras(0)["Accept-Encoding"] == "identity"
    assert "atalaya/" in servidor.cabeceras(0)["User-Agent"]


def test_lo_que_ya_esta_y_coincide_no_se_pide(servidor: Servidor, bajador: Bajador, ruta: str, bueno: bytes) -> None:
    servidor.guiones[ruta] = [archivo(bueno)]
    bajador()
    otra = bajador()
    assert (otra.nuevo, len(servidor.pedidos)) == (False, 1)


def test_lo_alterado_se_baja_otra_vez(servidor: Servidor, bajador: Bajador, ruta: str, bueno: bytes) -> None:
    servidor.guiones[ruta] = [archivo(bueno)]
    primero = bajador()
    primero.ruta.write_bytes(bueno[:-1] + b"x")
    assert bajador().nuevo
    assert primero.ruta.read_bytes() == bueno


def test_lo_que_puso_otra_mano_no_se_pisa(servidor: Servidor, bajador: Bajador, ruta: str, bueno: bytes) -> None:
    servidor.guiones[ruta] = [archivo(bueno)]
    mio = bajador.carpeta / bajador.pedido.archivo
    mio.write_bytes(b"mis notas")
    with pytest.raises(ErrorDescarga, match="muévelo"):
        bajador()
    assert (mio.read_bytes(), servidor.pedidos) == (b"mis notas", [])


def test_actualizar_pregunta_y_solo_baja_si_cambio(
    servidor: Servidor, bajador: Bajador, ruta: str, bueno: bytes
) -> None:
    servidor.guiones[ruta] = [archivo(bueno)]
    bajador()
    assert not bajador(actualizar=True).nuevo
    assert servidor.cabeceras(1)["If-None-Match"] == '"v1"'
    nuevo = bueno.replace(b"tabla", b"TABLA")
    servidor.guiones[ruta] = [archivo(nuevo, '"v2"')]
    cambiado = bajador(actualizar=True)
    assert cambiado.nuevo
    assert cambiado.ruta.read_bytes() == nuevo
    assert cambiado.recibo.etag == '"v2"'


def test_actualizar_con_fecha_si_no_hay_etag(servidor: Servidor, bajador: Bajador, ruta: str, bueno: bytes) -> None:
    servidor.guiones[ruta] = [archivo(bueno, None, Last_Modified=AYER), estado(304, Content_Length=None)]
    bajador()
    servidor.guiones[ruta] = [lambda p: p.contestar(304, Content_Length=None)]
    assert not bajador(actualizar=True).nuevo
    assert servidor.cabeceras(1)["If-Modified-Since"] == AYER


def test_una_actualizacion_fallida_deja_lo_anterior(
    servidor: Servidor, bajador: Bajador, ruta: str, bueno: bytes
) -> None:
    servidor.guiones[ruta] = [archivo(bueno)]
    primero = bajador()
    servidor.guiones[ruta] = [archivo(b"PK\x03\x04 no es un zip", '"v2"')]
    with pytest.raises(ErrorDescarga):
        bajador(actualizar=True)
    assert primero.ruta.read_bytes() == bueno
    assert not bajador().nuevo


# ── seguir donde iba ──────────────────────────────────────────────────────────────────────────────


def test_un_corte_se_sigue_en_la_misma_orden(
    servidor: Servidor, bajador: Bajador, ruta: str, bueno: bytes, esperas: list[float]
) -> None:
    servidor.guiones[ruta] = [cortado(bueno, 7_000), archivo(bueno)]
    assert bajador().ruta.read_bytes() == bueno
    segunda = servidor.cabeceras(1)
    assert (segunda["Range"], segunda["If-Range"]) == ("bytes=7000-", '"v1"')
    assert len(esperas) == 1
    assert bajador.nombres == {"", ".recibo.json"}


def test_un_corte_se_sigue_en_otra_orden(servidor: Servidor, bajador: Bajador, ruta: str, bueno: bytes) -> None:
    bajador.a_medias(ruta, bueno)
    assert bajador.nombres == {".parcial", ".parcial.json"}
    assert bajador().ruta.read_bytes() == bueno
    assert servidor.cabeceras(1)["Range"] == "bytes=7000-"


def test_cortes_que_avanzan_no_agotan_los_intentos(
    servidor: Servidor, bajador: Bajador, ruta: str, bueno: bytes, politica: Politica
) -> None:
    def a_pedazos(peticion: Peticion) -> None:
        desde = int(peticion.headers.get("Range", "bytes=0-").removeprefix("bytes=").removesuffix("-"))
        tramo = {"Content_Range": f"bytes {desde}-{len(bueno) - 1}/{len(bueno)}"} if desde else {}
        trozo = bueno[desde : desde + 2_500]
        codigo = 206 if desde else 200
        peticion.contestar(codigo, trozo, Content_Length=str(len(bueno) - desde), ETag='"v1"', **tramo)

    servidor.guiones[ruta] = [a_pedazos]
    assert bajador().ruta.read_bytes() == bueno
    assert len(servidor.pedidos) > politica.intentos


def test_range_ignorado_empieza_de_nuevo(servidor: Servidor, bajador: Bajador, ruta: str, bueno: bytes) -> None:
    entero = lambda p: p.contestar(200, bueno, ETag='"v1"')  # noqa: E731
    servidor.guiones[ruta] = [cortado(bueno, 7_000), entero]
    assert bajador().ruta.read_bytes() == bueno


def test_si_el_archivo_cambio_a_la_mitad_no_se_mezclan(
    servidor: Servidor, bajador: Bajador, ruta: str, bueno: bytes
) -> None:
    nuevo = bueno.replace(b"tabla", b"TABLA")
    servidor.guiones[ruta] = [cortado(bueno, 7_000), archivo(nuevo, '"v2"')]
    bajado = bajador()
    assert bajado.ruta.read_bytes() == nuevo
    assert bajado.recibo.etag == '"v2"'


@pytest.mark.parametrize("etag", [None, 'W/"debil"'])
def test_sin_validador_fuerte_no_se_sigue(
    servidor: Servidor, bajador: Bajador, ruta: str, bueno: bytes, etag: str | None
) -> None:
    servidor.guiones[ruta] = [cortado(bueno, 7_000, etag), archivo(bueno, etag)]
    assert bajador().ruta.read_bytes() == bueno
    assert "Range" not in servidor.cabeceras(1)


def test_sin_etag_se_sigue_con_la_fecha(servidor: Servidor, bajador: Bajador, ruta: str, bueno: bytes) -> None:
    def resto(peticion: Peticion) -> None:
        assert peticion.headers["If-Range"] == AYER
        peticion.contestar(206, bueno[7_000:], Content_Range=f"bytes 7000-{len(bueno) - 1}/{len(bueno)}")

    servidor.guiones[ruta] = [cortado(bueno, 7_000, None, Last_Modified=AYER), resto]
    assert bajador().ruta.read_bytes() == bueno


def test_un_parcial_de_otra_direccion_no_sirve(servidor: Servidor, bajador: Bajador, ruta: str, bueno: bytes) -> None:
    bajador.a_medias(ruta, bueno)
    bajador.pedido = replace(bajador.pedido, direccion=bajador.pedido.direccion + "?v=2")
    servidor.guiones[ruta] = [archivo(bueno)]
    bajador()
    assert "Range" not in servidor.cabeceras(1)


def test_un_parcial_mayor_que_el_archivo_no_sirve(
    servidor: Servidor, bajador: Bajador, ruta: str, bueno: bytes
) -> None:
    bajador.a_medias(ruta, bueno)
    (bajador.carpeta / f"{bajador.pedido.archivo}.parcial").write_bytes(bueno * 2)
    assert bajador().ruta.read_bytes() == bueno
    assert "Range" not in servidor.cabeceras(1)


def test_si_el_catalogo_cambia_de_direccion_se_baja_otra_vez(
    servidor: Servidor, bajador: Bajador, ruta: str, bueno: bytes
) -> None:
    servidor.guiones[ruta] = [archivo(bueno)]
    bajador()
    bajador.pedido = replace(bajador.pedido, direccion=bajador.pedido.direccion + "?v=2")
    assert bajador().nuevo


def test_muerto_antes_del_recibo_no_deja_el_nombre(
    servidor: Servidor, bajador: Bajador, ruta: str, bueno: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Un archivo con su nombre y sin recibo parecería de otra mano, y la orden no volvería a tocarlo."""
    servidor.guiones[ruta] = [archivo(bueno)]

    def morir(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(modulo.Recibo, "escribir", morir)
    with pytest.raises(KeyboardInterrupt):
        bajador()
    assert bajador.nombres == {".parcial", ".parcial.json"}


def test_muerto_entre_el_recibo_y_el_nombre(
    servidor: Servidor, bajador: Bajador, ruta: str, bueno: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """El parcial ya está entero: la orden siguiente lo revisa y le da su nombre sin pedir nada."""
    servidor.guiones[ruta] = [archivo(bueno)]

    def morir(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as parche:
        parche.setattr(modulo.Parcial, "ascender", morir)
        with pytest.raises(KeyboardInterrupt):
            bajador()
    assert not (bajador.carpeta / bajador.pedido.archivo).exists()
    assert bajador().ruta.read_bytes() == bueno
    assert len(servidor.pedidos) == 1


# ── lo demás de un servidor normal ────────────────────────────────────────────────────────────────


def test_envio_por_partes_sin_longitud(servidor: Servidor, bajador: Bajador, ruta: str, bueno: bytes) -> None:
    def por_partes(peticion: Peticion) -> None:
        peticion.contestar(200, Content_Length=None, Transfer_Encoding="chunked")
        for i in range(0, len(bueno), 3_000):
            trozo = bueno[i : i + 3_000]
            peticion.wfile.write(f"{len(trozo):x}\r\n".encode() + trozo + b"\r\n")
        peticion.wfile.write(b"0\r\n\r\n")

    servidor.guiones[ruta] = [por_partes]
    assert bajador().ruta.read_bytes() == bueno


def test_una_redireccion_dentro_de_la_oficina(servidor: Servidor, bajador: Bajador, ruta: str, bueno: bytes) -> None:
    servidor.guiones[ruta] = [redireccion("/otra/parte.zip", 301)]
    servidor.guiones["/otra/parte.zip"] = [archivo(bueno)]
    assert bajador().ruta.read_bytes() == bueno
    assert bajador.nombres == {"", ".recibo.json"}  # el nombre local no lo pone el servidor


@pytest.mark.parametrize("cabecera", ["Content_MD5", "Digest", "Repr_Digest"])
def test_la_huella_que_anuncia_el_servidor_se_comprueba(
    servidor: Servidor, bajador: Bajador, ruta: str, bueno: bytes, cabecera: str
) -> None:
    def anuncio(cuerpo: bytes) -> str:
        md5 = base64.b64encode(hashlib.md5(cuerpo, usedforsecurity=False).digest()).decode()
        sha = base64.b64encode(hashlib.sha256(cuerpo).digest()).decode()
        return {"Content_MD5": md5, "Digest": f"SHA-256={sha}", "Repr_Digest": f"sha-256=:{sha}:"}[cabecera]

    servidor.guiones[ruta] = [archivo(bueno, **{cabecera: anuncio(bueno)})]
    assert bajador().nuevo
    (bajador.carpeta / bajador.pedido.archivo).unlink()
    servidor.guiones[ruta] = [archivo(bueno, **{cabecera: anuncio(b"otra cosa")})]
    with pytest.raises(ErrorDescarga, match="la huella no es la que anunció"):
        bajador()
    assert not (bajador.carpeta / bajador.pedido.archivo).exists()


def test_dos_ordenes_en_la_misma_carpeta(tmp_path: Path) -> None:
    with carpeta_propia(tmp_path), pytest.raises(ErrorDescarga, match="otra en marcha"), carpeta_propia(tmp_path):
        pass


def test_disco_lleno_se_dice(servidor: Servidor, bajador: Bajador, ruta: str, bueno: bytes) -> None:
    servidor.guiones[ruta] = [archivo(bueno)]
    lleno = bajador.carpeta / f"{bajador.pedido.archivo}.parcial"

    def llenar(_van: int, _total: int | None) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(ErrorDescarga, match="haz sitio"), carpeta_propia(bajador.carpeta):
        bajar(bajador.pedido, bajador.carpeta, servidor.sesion(), llenar)
    assert not lleno.with_suffix("").exists()
