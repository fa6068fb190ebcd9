-- devuelve: los participantes por procedencia y sexo, con lo que suman sus partes al lado de lo que el documento escribe
-- grano: una fila por proceso y procedencia; la procedencia «total» es la que escribe el documento
-- parametros: procesos (lista de textos)
-- metodo: por_sexo, hombres más mujeres; en el total, suma_*: lo que suman las demás filas. cuadra: nulo si no hay con qué
--   comparar; falso si lo escrito no es lo que suma. Nada se corrige.

with

parte as (
    select * from participantes where list_contains($procesos, proceso)
),

suma as (
    select proceso, sum(instituciones) as instituciones, sum(hombres) as hombres, sum(mujeres) as mujeres,
        sum(personas) as personas
    from parte
    where procedencia <> 'total'
    group by proceso
),

con_suma as (
    select a.*, a.hombres + a.mujeres as por_sexo, a.procedencia = 'total' as es_total,
        case when a.procedencia = 'total' then s.instituciones end as suma_instituciones,
        case when a.procedencia = 'total' then s.hombres end as suma_hombres,
        case when a.procedencia = 'total' then s.mujeres end as suma_mujeres,
        case when a.procedencia = 'total' then s.personas end as suma_personas
    from parte as a
    left join suma as s using (proceso)
)

select c.proceso, p.nombre as nombre_proceso, c.procedencia, c.es_total, c.instituciones, c.hombres, c.mujeres, c.personas,
    c.por_sexo, c.suma_instituciones, c.suma_hombres, c.suma_mujeres, c.suma_personas,
    list_bool_and(list_filter([
        c.por_sexo = c.personas, c.suma_instituciones = c.instituciones, c.suma_hombres = c.hombres,
        c.suma_mujeres = c.mujeres, c.suma_personas = c.personas
    ], lambda x: x is not null)) as cuadra,
    c.documento, c.pasaje
from con_suma as c
inner join procesos as p using (proceso)
order by p.nombre, c.proceso, c.es_total, c.personas desc nulls last, c.procedencia
