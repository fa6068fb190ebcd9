-- devuelve: los municipios y comunas del catálogo sin población en una proyección que da todo su país
-- grano: una fila por proyección, edición, sexo, año y lugar sin población
-- parametros: ninguno
-- metodo: si está el país, están todos sus municipios o comunas: un archivo cortado daría entidades y país de menos. Se sabe de tres
--   municipios que no están en CONAPO 1990-2040 por ser posteriores: su gente sigue contada en el que dejaron y ninguna cifra
--   los inventa. El catálogo los trae; aquí van por su nombre para que no se añada otro sin decirlo
with

posterior_a_la_proyeccion (proyeccion, lugar) as (
    values
        ('conapo_2023', 'MX-24059'),  -- Villa de Pozos, de San Luis Potosí
        ('conapo_2023', 'MX-25019'),  -- Eldorado, de Culiacán
        ('conapo_2023', 'MX-25020')  -- Juan José Ríos, de Guasave y Ahome
),

esperado as (
    select c.proyeccion, c.edicion, c.sexo, c.anio, l.lugar
    from poblacion as c
    inner join (
        select lugar from municipios union all select lugar from lugares_cl where tipo = 'municipio'
    ) as l on left(l.lugar, 2) = c.lugar
    where len(c.lugar) = 2 and c.edad = 'total'
)

select e.proyeccion, e.edicion, e.sexo, e.anio, e.lugar
from esperado as e
anti join poblacion as p
    on p.proyeccion = e.proyeccion
    and p.edicion = e.edicion
    and p.sexo = e.sexo
    and p.anio = e.anio
    and p.lugar = e.lugar
    and p.edad = 'total'
anti join posterior_a_la_proyeccion as n on n.proyeccion = e.proyeccion and n.lugar = e.lugar
order by all
limit 1000
