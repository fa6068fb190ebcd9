-- devuelve: cuántas entrevistas tuvo cada área urbana, y la nación, en cada trimestre contado (tabla `muestra`)
-- grano: una fila por trimestre y lugar
-- parametros: ninguno
-- metodo: suma de los municipios que forman el área (area_municipios.csv) si en ese trimestre se publicaba; un municipio
--   puede contar en dos áreas (Torreón y La Laguna), y en la nación cuenta una vez. Los nombres se comparan sin acentos ni
--   mayúsculas. El municipio que no casa con el catálogo sólo cuenta en la nación y va en su nota: no se adivina.
with

entidad as (
    select lugar as entidad, strip_accents(lower(nombre)) as nombre from lugares where tipo = 'entidad'
    union
    select lugar, strip_accents(lower(variante)) from lugar_variantes where entidad is null and lugar like 'MX-__'
),

-- Una fila por renglón del archivo, con la clave de su municipio si el catálogo lo conoce.
conteo as (
    select conteos.*, municipios.lugar as clave
    from conteos
    left join entidad on entidad.nombre = strip_accents(lower(trim(conteos.entidad)))
    left join municipios
        on municipios.entidad = entidad.entidad
        and strip_accents(lower(municipios.nombre)) = strip_accents(lower(trim(conteos.municipio)))
),

de_area as (
    select archivo, periodo, area_municipios.lugar, sum(entrevistas) as entrevistas, null as nota
    from conteo
    join area_municipios on area_municipios.municipio = conteo.clave
    join lugares
        on lugares.lugar = area_municipios.lugar
        and conteo.periodo between lugares.desde and coalesce(lugares.hasta, '9999')
    group by all
),

de_la_nacion as (
    select
        archivo,
        periodo,
        'MX' as lugar,
        sum(entrevistas) as entrevistas,
        string_agg(municipio || ' (' || entidad || '): ' || entrevistas, '; ' order by entidad, municipio)
            filter (clave is null) as nota
    from conteo
    group by all
)

select 'ensu' as fuente, periodo, lugar, entrevistas::bigint as entrevistas, archivo, nota::varchar as nota
from (from de_area union all by name from de_la_nacion)
order by periodo, lugar
