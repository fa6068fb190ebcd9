-- devuelve: cada área urbana con su posición, de mayor a menor valor; las que no tienen cifra van al final, sin posición
-- grano: una fila por área urbana levantada en el periodo
-- parametros: indicador (texto), periodo (texto), entre (texto: ciudades, municipios o alcaldias), desglose (texto)
-- metodo: posición de competencia («1, 2, 2, 4»): uno más el número de lugares con valor mayor. Empatan los valores
--   iguales a la millonésima de punto; lugares_empatados dice cuántos comparten la posición. lugares_con_cifra es el
--   «de cuántos». Sólo áreas urbanas (nunca la nación): ciudades = todas; municipios = las que son un solo municipio;
--   alcaldias = las demarcaciones de la Ciudad de México. El orden no dice si la diferencia es mayor que el error.

with

area as (
    select lugar, nombre, clase
    from lugares
    where tipo = 'area_urbana'
        and case $entre
            when 'municipios' then municipio_unico is not null and clase <> 'alcaldia'
            when 'alcaldias' then clase = 'alcaldia'
            else true
        end
),

cifra as (
    select area.nombre, area.clase, e.*
    from estimacion_vigente as e
    inner join area using (lugar)
    where e.indicador = $indicador and e.periodo = $periodo and e.desglose = $desglose
        and e.metodo = 'publicada'
),

ordenada as (
    select
        *,
        case when valor_pct is not null then rank() over (order by round(valor_pct, 6) desc nulls last) end as posicion,
        count(valor_pct) over () as lugares_con_cifra,
        case when valor_pct is not null then count(*) over (partition by round(valor_pct, 6)) end as lugares_empatados
    from cifra
)

select
    posicion,
    lugares_con_cifra,
    lugares_empatados,
    lugar,
    nombre,
    clase,
    * exclude (posicion, lugares_con_cifra, lugares_empatados, lugar, nombre, clase)
from ordenada
order by posicion nulls last, nombre
