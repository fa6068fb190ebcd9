"""La clave de la sesión donde cada página deja la vista que ofrece llevarse."""

from typing import Final

LLEVADA: Final = "_vista_llevada"
