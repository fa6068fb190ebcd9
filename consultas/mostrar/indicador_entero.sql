-- devuelve: todas las cifras vigentes de un indicador: todo lugar, periodo y desglose
-- grano: una fila por lugar, periodo y desglose
-- parametros: indicador (texto)
-- metodo: las columnas de estimacion_con_error tal cual; lo que el libro marca como ausente sale con su estado y sin cifra

select *
from estimacion_con_error
where indicador = $indicador
order by periodo desc, lugar, desglose
