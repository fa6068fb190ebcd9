-- devuelve: las áreas urbanas que la encuesta cubría y que no salen en un cuadro que sí trae a las demás
-- grano: una fila por edición, cuadro, indicador, desglose y área ausente
-- parametros: ninguno
-- metodo: un cuadro por área urbana las trae todas, aunque sea con NA o ND. Se exige de cada indicador y desglose que el
--   cuadro dé para dos o más áreas en el trimestre de su edición; la cobertura es la de lugares.csv

with

publicada as (
    select distinct e.fuente, e.edicion, e.cuadro, e.indicador, e.desglose, e.lugar
    from estimacion as e
    inner join lugares as l on l.lugar = e.lugar and l.tipo = 'area_urbana'
    where e.metodo = 'publicada' and e.periodo = e.edicion
),

cuadro_por_area as (
    select fuente, edicion, cuadro, indicador, desglose
    from publicada
    group by all
    having count(*) > 1
),

esperada as (
    select c.*, l.lugar
    from cuadro_por_area as c
    inner join lugares as l
        on l.tipo = 'area_urbana'
        and l.desde <= c.edicion
        and coalesce(l.hasta, c.edicion) >= c.edicion
)

from esperada
anti join publicada using (fuente, edicion, cuadro, indicador, desglose, lugar)
order by all
