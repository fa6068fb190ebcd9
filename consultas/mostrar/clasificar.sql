-- devuelve: cada área urbana con su posición, de mayor a menor valor; las que no tienen cifra van al final, sin posición
-- grano: una fila por área urbana que el tabulado del periodo trae para ese indicador
-- parametros: indicador (texto), periodo (texto), entre (texto: ciudades, municipios o alcaldias), desglose (texto)
-- metodo: posición de competencia («1, 2, 2, 4»): uno más el número de lugares con valor mayor. Empatan los valores
--   iguales a la millonésima de punto; lugares_empatados dice cuántos comparten la posición. lugares_con_cifra es el
--   «de cuántos». Se cuenta como INEGI lista: un área de dos entidades sale en cada una y cuenta dos (renglones = 2; sólo
--   La Laguna, en Coahuila y en Durango). Nunca entra la nación: ciudades = todas las áreas urbanas; municipios = las
--   que son un solo municipio; alcaldias = las de la Ciudad de México. El orden no prueba diferencia: para eso está el error.

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

-- En cuántas entidades la lista el tabulado: ahí la misma cifra ocupa otro renglón.
area_en_lista as (
    select area.*, greatest(count(distinct variante.entidad), 1) as renglones
    from area
    left join lugar_variantes as variante using (lugar)
    group by all
),

cifra as (
    select a.nombre, a.clase, a.renglones, e.*, round(e.valor_pct, 6) as valor_comparable
    from estimacion_vigente as e
    inner join area_en_lista as a using (lugar)
    where e.indicador = $indicador and e.periodo = $periodo and e.desglose = $desglose and e.metodo = 'publicada'
),

peldano as (
    select
        valor_comparable,
        count(*) as lugares_empatados,
        -- Los renglones de arriba: todo lo contado hasta aquí menos lo de este mismo peldaño.
        1 + sum(sum(renglones)) over (order by valor_comparable desc) - sum(renglones) as posicion
    from cifra
    where valor_comparable is not null
    group by valor_comparable
)

select
    p.posicion::bigint as posicion,
    (select coalesce(sum(renglones), 0)::bigint from cifra where valor_comparable is not null) as lugares_con_cifra,
    p.lugares_empatados,
    c.renglones,
    c.lugar,
    c.nombre,
    c.clase,
    c.* exclude (nombre, clase, renglones, lugar, valor_comparable)
from cifra as c
left join peldano as p using (valor_comparable)
order by p.posicion nulls last, c.nombre
