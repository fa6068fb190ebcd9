-- devuelve: los criterios y perspectivas que el documento nombra para una evaluación
-- grano: una fila por clase y nombre
-- parametros: evaluacion (texto)
-- metodo: la tabla criterios tal cual
select clase, nombre as nombre_criterio, documento, pasaje
from criterios
where evaluacion = $evaluacion
order by clase
