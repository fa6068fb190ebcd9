-- devuelve: cada municipio o comuna con su población proyectada y qué cifra de encuesta tiene
-- grano: una fila por municipio o comuna del catálogo con población
-- parametros: anio (entero)
-- metodo: población total de la proyección oficial de cada país en ese año. cobertura: propia, hay cifra de encuesta de ese
--   municipio solo (el área urbana de la ENSU que él forma, o la comuna de la ENUSC); compartida, sólo dentro de un área de
--   varios; ninguna. con_cifra es la clave con que se pide su cifra, nula si no la hay.

with

municipio as (
    select lugar, nombre_corto as nombre from municipios where tipo = 'municipio'
    union all
    select lugar, nombre_corto from lugares_cl where tipo = 'municipio'
),

con_encuesta as (
    select distinct lugar from estimacion_vigente where estado = 'dato' and desglose = 'total'
),

propia as (
    select a.municipio_unico as lugar, a.lugar as con_cifra
    from lugares as a
    inner join con_encuesta using (lugar)
    where a.municipio_unico is not null
    union all
    select lugar, lugar
    from municipio
    inner join con_encuesta using (lugar)
),

compartida as (
    select m.municipio as lugar, any_value(m.lugar order by m.lugar) as con_cifra
    from area_municipios as m
    inner join con_encuesta using (lugar)
    group by m.municipio
),

habitantes as (
    select p.lugar, p.personas
    from poblacion_vigente as p
    inner join proyecciones as y using (proyeccion)
    where y.denominador = 'proyeccion' and p.anio = $anio and p.sexo = 'total' and p.edad = 'total'
)

select
    m.lugar,
    m.nombre,
    left(m.lugar, 2) as pais,
    h.personas,
    case when u.lugar is not null then 'propia' when c.lugar is not null then 'compartida' else 'ninguna' end as cobertura,
    coalesce(u.con_cifra, c.con_cifra) as con_cifra
from municipio as m
inner join habitantes as h using (lugar)
left join (select lugar, any_value(con_cifra order by con_cifra desc) as con_cifra from propia group by lugar) as u using (lugar)
left join compartida as c using (lugar)
order by m.lugar
