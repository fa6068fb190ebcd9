-- devuelve: cada área urbana con su posición, de mayor a menor valor; las que no tienen cifra van al final, sin posición y
--   con su estado
-- grano: una fila por área urbana que la encuesta cubría en el periodo
-- parametros: indicador (texto), periodo (texto), entre (texto: ciudades, municipios o alcaldias), desglose (texto)
-- metodo: posición de competencia («1, 2, 2, 4»): uno más el número de lugares con valor mayor. Empatan los valores
--   iguales a la millonésima de punto; lugares_empatados dice cuántos comparten la posición. lugares_con_cifra es el
--   «de cuántos». Se cuenta como INEGI lista: un área de dos entidades sale en cada una y cuenta dos (renglones = 2; sólo
--   La Laguna, en Coahuila y en Durango). Nunca entra la nación: ciudades = todas las áreas urbanas; municipios = las
--   que son un solo municipio; alcaldias = las de la Ciudad de México. Los estados sin cifra, como en consultar. El orden
--   no prueba diferencia: para eso está el error.

with

-- Un trimestre, un semestre y un año se comparan por su último mes, contado desde el año cero.
calendario as (
    select
        periodo,
        12 * left(periodo, 4)::integer + case periodo[5]
            when 'T' then 3 * periodo[6:]::integer
            when 'S' then 6 * periodo[6:]::integer
            when '-' then periodo[6:]::integer
            else 12
        end as ultimo_mes
    from (
        select $periodo::varchar as periodo
        union
        select desde from lugares where desde is not null
        union
        select hasta from lugares where hasta is not null
        union
        select edicion from ediciones where regexp_matches(edicion, '^[0-9]{4}')
    )
),

area as (
    select l.lugar, l.nombre, l.clase
    from lugares as l
    inner join calendario as este on este.periodo = $periodo
    left join calendario as primero on primero.periodo = l.desde
    left join calendario as ultimo on ultimo.periodo = l.hasta
    where l.tipo = 'area_urbana'
        and este.ultimo_mes between coalesce(primero.ultimo_mes, este.ultimo_mes) and coalesce(ultimo.ultimo_mes, este.ultimo_mes)
        and case $entre
            when 'municipios' then l.municipio_unico is not null and l.clase <> 'alcaldia'
            when 'alcaldias' then l.clase = 'alcaldia'
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
    select *
    from estimacion_con_error
    where indicador = $indicador and periodo = $periodo and desglose = $desglose
),

area_con_cifra as (
    select a.*, c.* exclude (lugar), round(c.valor_pct, 6) as valor_comparable
    from area_en_lista as a
    left join cifra as c using (lugar)
),

peldano as (
    select
        valor_comparable,
        count(*) as lugares_empatados,
        -- Los renglones de arriba: todo lo contado hasta aquí menos lo de este mismo peldaño.
        1 + sum(sum(renglones)) over (order by valor_comparable desc) - sum(renglones) as posicion
    from area_con_cifra
    where valor_comparable is not null
    group by valor_comparable
),

hueco as (
    select r.lugar, string_agg(distinct r.descripcion, ' ') as descripcion
    from rupturas as r
    inner join indicadores as ficha on ficha.indicador = $indicador and ficha.fuente = r.fuente
    where r.tipo = 'hueco' and r.periodo = $periodo and coalesce(r.indicador, $indicador) = $indicador
    group by r.lugar
),

-- El archivo de un semestre es el del trimestre en que acaba.
periodo_incorporado as (
    select count(*) > 0 as lo_esta
    from calendario as este
    inner join calendario as suya using (ultimo_mes)
    inner join ediciones as e on e.edicion = suya.periodo
    inner join indicadores as ficha on ficha.indicador = $indicador and ficha.fuente = e.fuente
    where este.periodo = $periodo
)

select
    p.posicion::bigint as posicion,
    (select coalesce(sum(renglones), 0)::bigint from area_con_cifra where valor_comparable is not null) as lugares_con_cifra,
    p.lugares_empatados,
    a.renglones,
    a.lugar,
    a.nombre,
    a.clase,
    coalesce(a.fuente, ficha.fuente) as fuente,
    $periodo::varchar as periodo,
    $indicador::varchar as indicador,
    $desglose::varchar as desglose,
    a.valor_pct,
    a.error_estandar,
    a.ic_inf,
    a.ic_sup,
    a.nivel_confianza,
    a.n,
    a.gl,
    a.cv_pct,
    a.precision,
    a.numerador,
    a.precision_numerador,
    a.denominador,
    a.precision_denominador,
    case
        when a.estado is not null then a.estado
        when h.descripcion is not null then 'no_levantado'
        when not i.lo_esta then 'no_incorporado'
        else 'no_publicado'
    end as estado,
    a.metodo,
    a.metodo_error,
    a.efecto_diseno,
    a.error_calibracion_pct,
    a.n_origen,
    a.precision_modelada,
    a.precision_discrepa,
    a.edicion,
    a.archivo,
    a.cuadro,
    a.celda,
    h.descripcion as nota
from area_con_cifra as a
cross join periodo_incorporado as i
left join indicadores as ficha on ficha.indicador = $indicador
left join peldano as p using (valor_comparable)
left join hueco as h on coalesce(h.lugar, a.lugar) = a.lugar
order by p.posicion nulls last, strip_accents(a.nombre)
