"""Del archivo oficial al acervo: reconocer → leer → preparar → revisar → publicar. Todo o nada.

reconocimiento   de qué fuente es un archivo, por su contenido, y su huella
preparacion      de lo leído al contrato de su tabla
microdatos       de las entrevistas a cifras con su error; las entrevistas no se guardan
controles        `consultas/controlar/` sobre lo que quedaría publicado
lote             todos los archivos de una orden, y la publicación
"""

from atalaya.incorporacion.controles import controlar
from atalaya.incorporacion.lote import Avance, Resultado, incorporar
from atalaya.incorporacion.preparacion import preparar
from atalaya.incorporacion.reconocimiento import MICRODATOS, REGISTRADAS, huella_receta, reconocer

__all__ = [
    "MICRODATOS",
    "REGISTRADAS",
    "Avance",
    "Resultado",
    "controlar",
    "huella_receta",
    "incorporar",
    "preparar",
    "reconocer",
]
