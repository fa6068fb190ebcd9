-- devuelve: los pasos de una evaluación, de la convocatoria al cierre
-- grano: una fila por paso
-- parametros: evaluacion (texto)
-- metodo: la tabla hitos en su orden; sin fecha es que el documento no la dice
select orden, hito, fecha, documento, pasaje
from hitos
where evaluacion = $evaluacion
order by orden
