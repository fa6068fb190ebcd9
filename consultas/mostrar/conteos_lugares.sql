-- devuelve: los lugares que tienen algún conteo de los indicadores pedidos
-- grano: una fila por lugar
-- parametros: indicadores (lista de texto)
-- metodo: conteos vigentes del total; también los que la fuente da por no registrados, para poder ver que no lo están

select lugar, count(distinct indicador) as indicadores
from conteo_vigente
where list_contains($indicadores::varchar[], indicador) and desglose = 'total'
group by lugar
order by lugar
