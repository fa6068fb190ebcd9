-- devuelve: en qué periodos tiene cifra cada indicador en cada lugar pedido
-- grano: una fila por indicador, lugar y periodo con cifra
-- parametros: indicadores (lista de texto), lugares (lista de texto)
-- metodo: cifras vigentes del total (sin desglose); lo suprimido, lo que no aplica y lo no publicado no son cifra

select indicador, lugar, periodo
from estimacion_vigente
where list_contains($indicadores::varchar[], indicador)
    and list_contains($lugares::varchar[], lugar)
    and estado = 'dato'
    and desglose = 'total'
group by all
order by all
