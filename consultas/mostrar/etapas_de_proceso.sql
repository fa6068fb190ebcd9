-- devuelve: las etapas o fases de los procesos
-- grano: una fila por proceso y etapa
-- parametros: procesos (lista de textos)
-- metodo: la tabla etapas, en su orden

select e.proceso, p.nombre as nombre_proceso, e.orden, e.nombre as nombre_etapa, e.inicio, e.fin, e.descripcion, e.documento,
    e.pasaje
from etapas as e
inner join procesos as p using (proceso)
where list_contains($procesos, e.proceso)
order by p.nombre, e.proceso, e.orden
