-- devuelve: de unos indicadores y lugares, el primer y el último año y mes con casos
-- grano: una fila por tipo de periodo (anio o mes)
-- parametros: indicadores (lista de texto), lugares (lista de texto)
-- metodo: conteos vigentes del total en estado «dato»; sirve para abrir la vista en los años que tienen esos lugares

select
    case when len(periodo) = 4 then 'anio' else 'mes' end as tipo,
    min(periodo) as desde,
    max(periodo) as hasta
from conteo_vigente
where list_contains($indicadores::varchar[], indicador)
    and list_contains($lugares::varchar[], lugar)
    and desglose = 'total'
    and estado = 'dato'
group by tipo
order by tipo
