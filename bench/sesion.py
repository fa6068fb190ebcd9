"""Una persona frente al tablero, sin navegador: habla el WebSocket real de Streamlit y cuenta milisegundos y bytes."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


@dataclass
class Reejecucion:
    """Lo que costó una reejecución vista desde fuera: milisegundos hasta `script_finished` y bytes recibidos."""

    ms: float
    bytes_recibidos: int


@dataclass
class Sesion:
    """Sesión abierta en una página; recuerda sus selectores para poder cambiarlos."""

    conexion: websockets.ClientConnection
    pagina: str
    consulta: str = ""
    selectores: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    valores: dict[str, str] = field(default_factory=dict)
    _mensajes: set[str] = field(default_factory=set)
    _deslizadores: set[str] = field(default_factory=set)

    @classmethod
    async def abrir(cls, puerto: int, pagina: str, consulta: str = "") -> tuple[Sesion, Reejecucion]:
        """Abre la sesión y corre la página por primera vez."""
        conexion = await websockets.connect(
            f"ws://localhost:{puerto}/_stcore/stream",
            subprotocols=[websockets.Subprotocol("streamlit")],
            max_size=None,
            compression=None,
        )
        sesion = cls(conexion, pagina, consulta)
        return sesion, await sesion._correr()

    async def cambiar(self, clave: str, opcion: str) -> Reejecucion:
        """Elige otra opción en el selector `clave` (la misma clave que en la URL), como lo haría una persona."""
        identificador, _ = self.selectores[clave]
        self.valores[identificador] = opcion
        return await self._correr()

    def opciones(self, clave: str) -> list[str]:
        """Opciones del selector `clave`."""
        return self.selectores[clave][1]

    async def cerrar(self) -> None:
        """Cierra la conexión; el servidor olvida la sesión."""
        await self.conexion.close()

    async def _correr(self) -> Reejecucion:
        mensaje = BackMsg()
        peticion = mensaje.rerun_script
        peticion.page_name = self.pagina
        peticion.query_string = self.consulta
        peticion.cached_message_hashes.extend(self._mensajes)
        for identificador, valor in self.valores.items():
            estado = peticion.widget_states.widgets.add()
            estado.id = identificador
            if identificador in self._deslizadores:
                estado.string_array_value.data.append(valor)
            else:
                estado.string_value = valor
        inicio = time.perf_counter()
        await self.conexion.send(mensaje.SerializeToString())
        recibidos = 0
        while True:
            crudo = await self.conexion.recv()
            recibidos += len(crudo)
            respuesta = ForwardMsg.FromString(crudo)
            self._anotar(respuesta)
            if respuesta.WhichOneof("type") == "script_finished":
                return Reejecucion((time.perf_counter() - inicio) * 1000, recibidos)

    def _anotar(self, respuesta: ForwardMsg) -> None:
        if respuesta.metadata.cacheable and respuesta.hash:
            self._mensajes.add(respuesta.hash)
        elemento = respuesta.delta.new_element
        if elemento.WhichOneof("type") == "exception":
            raise RuntimeError(f"la página {self.pagina} falló: {elemento.exception.message}")
        if elemento.WhichOneof("type") == "selectbox":
            selector = elemento.selectbox
            # Streamlit termina el identificador con la `key` del widget, que aquí es la clave del filtro en la URL.
            self.selectores[selector.id.rsplit("-", 1)[-1]] = (selector.id, list(selector.options))
        if elemento.WhichOneof("type") == "slider":
            self.selectores[elemento.slider.id.rsplit("-", 1)[-1]] = (elemento.slider.id, list(elemento.slider.options))
            self._deslizadores.add(elemento.slider.id)


async def muchas_sesiones(
    puerto: int, pagina: str, consulta: str, clave: str, sesiones: int, acciones: int, pausa_s: float
) -> list[Reejecucion]:
    """Abre `sesiones` a la vez; cada una cambia `clave` `acciones` veces con una pausa entre ellas."""

    async def persona(orden: int) -> list[Reejecucion]:
        # Nadie llega a la vez que otro: se reparten en la primera pausa.
        await asyncio.sleep(pausa_s * orden / sesiones)
        sesion, _ = await Sesion.abrir(puerto, pagina, consulta)
        opciones = sesion.opciones(clave)
        medidas = []
        for paso in range(acciones):
            await asyncio.sleep(pausa_s)
            medidas.append(await sesion.cambiar(clave, opciones[(orden + paso) % len(opciones)]))
        await sesion.cerrar()
        return medidas

    por_persona = await asyncio.gather(*(persona(i) for i in range(sesiones)))
    return [medida for medidas in por_persona for medida in medidas]
