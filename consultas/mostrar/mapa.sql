-- devuelve: de un indicador en un periodo, la cifra o el estado de cada área urbana que la encuesta cubre o cubrirá
-- grano: una fila por área urbana vigente en el periodo, más las que todavía no se levantaban
-- parametros: indicador (texto), periodo (texto), desglose (texto)
-- metodo: cifra vigente publicada. Un área cuyo primer periodo es posterior al pedido sale como no_levantado; una que ya
--   se había dejado de levantar no sale (su territorio lo dibujan las que la sustituyeron). Si el libro está y no trae el
--   área, no_publicado; si no está, no_incorporado.

with

area as (
    select lugar, nombre_corto as nombre, desde, hasta
    from lugares
    where tipo = 'area_urbana'
),

-- Los trimestres de la ENSU se ordenan como texto: 2019T1 < 2019T2 < 2020T1.
vigente as (
    select lugar, nombre, desde is not null and desde > $periodo as todavia_no
    from area
    where hasta is null or hasta >= $periodo
),

libro as (
    select count(*) > 0 as hay
    from estimacion_vigente
    where periodo = $periodo
),

cifra as (
    select *
    from estimacion_vigente
    where indicador = $indicador and periodo = $periodo and desglose = $desglose
)

select
    v.lugar,
    v.nombre,
    c.valor_pct,
    c.precision,
    c.ic_inf,
    c.ic_sup,
    case
        when c.estado is not null then c.estado
        when v.todavia_no then 'no_levantado'
        when libro.hay then 'no_publicado'
        else 'no_incorporado'
    end as estado,
    c.* exclude (lugar, valor_pct, precision, ic_inf, ic_sup, estado)
from vigente as v
cross join libro
left join cifra as c using (lugar)
-- Torreón (MX-05035) es parte de La Laguna: se pinta después para que quede encima.
order by v.lugar not like 'MX-CD%', v.lugar
