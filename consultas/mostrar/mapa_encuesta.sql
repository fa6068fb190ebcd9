-- devuelve: de un indicador de encuesta en un periodo, la cifra o el estado de cada lugar de un país y tipo
-- grano: una fila por municipio o entidad de México, o por comuna o región de Chile
-- parametros: indicador (texto), periodo (texto), desglose (texto), pais (texto), largo (entero)
-- metodo: cifra vigente con su error. Donde la encuesta da ese periodo a otros lugares del mismo tipo y a éste no,
--   no_levantado: no está en su muestra. Si el acervo trae el periodo y no el indicador, no_publicado; si no trae el
--   periodo, no_incorporado. «largo» es el de la clave: 5, entidad o región; 8, municipio o comuna.

with

todo as (
    select lugar, nombre_corto as nombre from municipios
    union all by name
    select lugar, nombre_corto as nombre from lugares where tipo = 'entidad'
    union all by name
    select lugar, nombre_corto as nombre from lugares_cl
),

del_tipo as (
    select lugar, nombre from todo where left(lugar, 2) = $pais and len(lugar) = $largo
),

cifra as (
    select *
    from estimacion_con_error
    semi join del_tipo using (lugar)
    where indicador = $indicador and periodo = $periodo and desglose = $desglose
),

libro as (
    select count(*) > 0 as hay
    from estimacion_vigente
    where periodo = $periodo and left(lugar, 2) = $pais
)

select
    t.lugar,
    t.nombre,
    c.valor_pct,
    c.precision,
    c.ic_inf,
    c.ic_sup,
    case
        when c.estado is not null then c.estado
        when (select count(*) from cifra) > 0 then 'no_levantado'
        when libro.hay then 'no_publicado'
        else 'no_incorporado'
    end as estado,
    $periodo::varchar as periodo,
    $indicador::varchar as indicador,
    c.* exclude (lugar, valor_pct, precision, ic_inf, ic_sup, estado, periodo, indicador)
from del_tipo as t
cross join libro
left join cifra as c using (lugar)
order by t.lugar
