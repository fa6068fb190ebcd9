-- devuelve: las cifras nacionales menores que la menor de sus áreas urbanas o mayores que la mayor
-- grano: una fila por edición, cuadro, indicador, desglose y periodo imposibles
-- parametros: ninguno
-- metodo: la nación de la ENSU es la suma de sus áreas: su porcentaje es un promedio ponderado de ellas y cae entre los
--   extremos. Sólo se exige donde el mismo cuadro da todas las áreas que la encuesta cubría (con cifra, o NA si no entran
--   en el denominador): si una se publica ND o no se imprime, el extremo puede ser ella

with

cubierta as (
    select edicion, count(l.lugar) as areas
    from (select distinct edicion from estimacion) as e
    inner join lugares as l
        on l.tipo = 'area_urbana'
        and l.desde <= e.edicion
        and coalesce(l.hasta, e.edicion) >= e.edicion
    group by edicion
),

por_area as (
    select
        e.fuente, e.edicion, e.cuadro, e.periodo, e.indicador, e.desglose,
        min(e.valor_pct) as menor_pct,
        max(e.valor_pct) as mayor_pct
    from estimacion as e
    inner join lugares as l on l.lugar = e.lugar and l.tipo = 'area_urbana'
    inner join cubierta as c using (edicion)
    where e.metodo = 'publicada'
    group by all
    having count(*) filter (e.estado in ('dato', 'no_aplica')) = any_value(c.areas)
)

select fuente, edicion, cuadro, periodo, indicador, desglose, n.celda, n.valor_pct, menor_pct, mayor_pct
from por_area
inner join estimacion as n using (fuente, edicion, cuadro, periodo, indicador, desglose)
where n.lugar = 'MX' and n.metodo = 'publicada' and n.valor_pct not between menor_pct - 1e-6 and mayor_pct + 1e-6
order by all
