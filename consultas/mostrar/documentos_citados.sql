-- devuelve: los documentos de donde sale lo que se sigue
-- grano: una fila por documento
-- parametros: ninguno
-- metodo: la tabla documentos, tal cual

select documento, titulo, autoria, fecha, clase, direccion, nota
from documentos
order by titulo
