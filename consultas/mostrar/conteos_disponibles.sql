-- devuelve: de cada indicador que se cuenta, en cuántos lugares y en qué años o meses hay casos
-- grano: una fila por indicador y tipo de periodo (anio o mes)
-- parametros: ninguno
-- metodo: conteos vigentes del total (sin desglose) en estado «dato»; el cero es un dato

select
    indicador,
    case when len(periodo) = 4 then 'anio' else 'mes' end as tipo,
    any_value(fuente) as fuente,
    count(distinct lugar) as lugares,
    count(*) as cifras,
    min(periodo) as desde,
    max(periodo) as hasta
from conteo_vigente
where desglose = 'total' and estado = 'dato'
group by indicador, tipo
order by indicador, tipo
