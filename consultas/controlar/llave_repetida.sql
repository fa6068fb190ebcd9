-- devuelve: las llaves que salen más de una vez en estimacion
-- grano: una fila por llave repetida
-- parametros: ninguno
-- metodo: la llave de atalaya/contratos.py (fuente, periodo, lugar, indicador, desglose, método, edición y cuadro)

select fuente, periodo, lugar, indicador, desglose, metodo, edicion, cuadro, count(*) as veces
from estimacion
group by all
having count(*) > 1
order by all
