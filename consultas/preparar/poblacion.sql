-- devuelve: la población de cada municipio o comuna, entidad o región y país, por sexo y grupo quinquenal (tabla `poblacion`)
-- grano: una fila por lugar, año, sexo y edad
-- parametros: ninguno
-- metodo: sumas de las celdas del archivo, que trae municipios o comunas. La entidad son las dos primeras cifras de la clave, en
--   los dos países. Edades: de cinco en cinco y 80+, el último grupo que dan todas; sólo si el archivo trae edades.
--   Hombres y mujeres se suman sólo si el archivo trae los dos (INE): CONAPO publica cada sexo y el total por separado.
--   No todo se publica: el acervo viaja con el proyecto y así pesa una cuarta parte. De CONAPO, de 2010 a 2030: los conteos
--   empiezan en 2015. De las edades, 2024: el año en que proyección y censo de Chile se pueden poner una junto a otro
with

ambos_sexos as (
    select count(distinct sexo) = 2 as trae from habitantes
),

-- Primero los quinquenios: después de esto hay una décima parte de las filas.
celda as (
    select
        lugar,
        anio,
        sexo,
        case when edad_desde >= 80 then 80 else edad_desde // 5 * 5 end as desde,  -- least() de un nulo daría 80
        sum(personas) as personas
    from habitantes
    where anio between 2010 and 2030 or not exists (from publicacion where proyeccion = 'conapo_2023')
    group by all
),

sumanda as (
    select
        unnest([lugar, left(lugar, 5), left(lugar, 2)]) as lugar,
        anio,
        sexo,
        desde,
        personas
    from celda
),

del_lugar as (
    select lugar, anio, sexo, desde, sum(personas) as personas
    from sumanda
    group by all
),

por_sexo as (
    select lugar, anio, sexo, desde, personas from del_lugar
    union all
    select lugar, anio, 'total', desde, sum(personas)
    from del_lugar
    where (select trae from ambos_sexos)
    group by all
),

por_edad as (
    select
        lugar,
        anio,
        sexo,
        case desde when 80 then '80+' else desde || '-' || (desde + 4) end as edad,
        personas
    from por_sexo
    where desde is not null and anio = 2024
    union all
    select lugar, anio, sexo, 'total', sum(personas)
    from por_sexo
    group by all
)

select
    p.fuente,
    p.proyeccion,
    e.lugar,
    e.anio,
    e.sexo,
    e.edad,
    e.personas::bigint as personas,
    p.edicion,
    p.archivo
from por_edad as e
cross join publicacion as p
order by e.lugar, e.anio, e.sexo, e.edad
