-- devuelve: cuántas recomendaciones hay de cada criterio desde cada perspectiva
-- grano: una fila por criterio y perspectiva de la evaluación, las haya o no
-- parametros: evaluacion (texto)
-- metodo: los criterios y perspectivas son los que su documento nombra, más los que traiga alguna recomendación suya; una
--   recomendación sin criterio o sin perspectiva cuenta en «sin decir»
with

suya as (
    select coalesce(criterio, 'sin decir') as criterio, coalesce(perspectiva, 'sin decir') as perspectiva
    from recomendaciones
    where evaluacion = $evaluacion
),

fila as (
    select nombre as criterio, row_number() over () as orden from criterios where evaluacion = $evaluacion and clase = 'criterio'
    union
    select criterio, 9999 from suya
),

columna as (
    select nombre as perspectiva, row_number() over () as orden from criterios where evaluacion = $evaluacion and clase = 'perspectiva'
    union
    select perspectiva, 9999 from suya
)

select f.criterio, c.perspectiva, count(s.criterio) as recomendaciones
from (select criterio, min(orden) as orden from fila group by criterio) as f
cross join (select perspectiva, min(orden) as orden from columna group by perspectiva) as c
left join suya as s on s.criterio = f.criterio and s.perspectiva = c.perspectiva
group by f.criterio, f.orden, c.perspectiva, c.orden
order by f.orden, f.criterio, c.orden, c.perspectiva
