-- devuelve: los ejes que el documento nombra de cada plan
-- grano: una fila por eje
-- parametros: ninguno
-- metodo: la tabla ejes en su orden, tenga o no compromisos enumerados
select eje, plan, orden, nombre as nombre_eje, documento, pasaje
from ejes
order by plan, orden, eje
