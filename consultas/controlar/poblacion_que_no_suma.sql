-- devuelve: las poblaciones que no son la suma de sus partes: total ≠ hombres + mujeres, total ≠ suma de sus edades, entidad ≠
--   suma de sus municipios, país ≠ suma de sus entidades; las negativas, y a las que les faltan edades
-- grano: una fila por suma que no da
-- parametros: ninguno
-- metodo: igualdad exacta dentro de cada proyección y edición: son enteros y se publican así. Sólo donde están las partes: los
--   tres sexos de CONAPO llegan en tres archivos, y las edades no se publican de todos los años
with

de_sexos as (
    select
        'hombres + mujeres' as falta, proyeccion, edicion, lugar, anio, 'total' as sexo, edad,
        any_value(personas) filter (sexo = 'total') as personas,
        sum(personas) filter (sexo <> 'total') as suma
    from poblacion
    group by all
    having count(distinct sexo) = 3
),

de_edades as (
    select
        'edades' as falta, proyeccion, edicion, lugar, anio, sexo, 'total' as edad,
        any_value(personas) filter (edad = 'total') as personas,
        sum(personas) filter (edad <> 'total') as suma
    from poblacion
    group by all
    having count(*) filter (edad <> 'total') > 0
),

-- MX-15058 suma en MX-15, y MX-15 en MX: la clave de quien los reúne es la suya sin la última parte.
de_partes as (
    select
        'lugares que lo forman' as falta, proyeccion, edicion,
        left(lugar, len(lugar) - 3) as lugar,
        anio, sexo, edad,
        null as personas,
        sum(personas) as suma
    from poblacion
    where len(lugar) > 2
    group by all
),

de_lugares as (
    select p.falta, p.proyeccion, p.edicion, p.lugar, p.anio, p.sexo, p.edad, t.personas, p.suma
    from de_partes as p
    inner join poblacion as t using (proyeccion, edicion, lugar, anio, sexo, edad)
)

select falta, proyeccion, edicion, lugar, anio, sexo, edad, personas, suma::bigint as suma
from (from de_sexos union all from de_edades union all from de_lugares)
where personas is distinct from suma
union all
select 'faltan edades: no son diecisiete grupos', proyeccion, edicion, lugar, anio, sexo, null, null, count(distinct edad)
from poblacion
where edad <> 'total'
group by all
having count(distinct edad) <> 17
union all
select 'negativa', proyeccion, edicion, lugar, anio, sexo, edad, personas, null
from poblacion
where personas < 0
order by all
limit 1000
