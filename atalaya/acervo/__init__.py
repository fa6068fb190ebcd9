"""El acervo: lo publicado. Parquet direccionado por su contenido y un manifiesto que se sustituye de un golpe.

    datos/acervo/
      manifiesto.json            la versión vigente; lleva su propia huella
      manifiestos/<versión>.json las anteriores, que siguen abribles
      tablas/<tabla>/<sha256>.parquet  un archivo por tabla y archivo oficial; jamás se reescriben

Leer no toma cerrojo: quien abrió una versión la termina aunque otro publique la siguiente.
"""

from atalaya.acervo.lectura import Acervo, raiz_por_omision, versiones
from atalaya.acervo.manifiesto import Fuente, Manifiesto, Trozo

# publicacion, revision y verificacion se importan por su nombre: traen pyarrow y quien sólo lee no lo paga al arrancar.
__all__ = ["Acervo", "Fuente", "Manifiesto", "Trozo", "raiz_por_omision", "versiones"]
