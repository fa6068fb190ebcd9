-- devuelve: los países con más hombres que mujeres
-- grano: una fila por proyección, país y año
-- parametros: ninguno
-- metodo: en todos los años de sus proyecciones y censos, México y Chile tienen más mujeres. El archivo de CONAPO sólo dice su sexo
--   en el nombre: si los dos se cruzaran, hombres + mujeres seguiría sumando el total y sólo se vería aquí
select proyeccion, edicion, lugar, anio, hombres, mujeres
from (
    select
        proyeccion,
        edicion,
        lugar,
        anio,
        any_value(personas) filter (sexo = 'hombres') as hombres,
        any_value(personas) filter (sexo = 'mujeres') as mujeres
    from poblacion
    where len(lugar) = 2 and edad = 'total'
    group by all
)
where hombres >= mujeres
order by all
