-- devuelve: de un indicador en un periodo, la cifra o el estado de cada área urbana que la encuesta cubre o cubrirá
-- grano: una fila por área urbana vigente en el periodo, más las que todavía no se levantaban de ningún modo
-- parametros: indicador (texto), periodo (texto), desglose (texto)
-- metodo: cifra vigente publicada. Un área cuyo primer periodo es posterior al pedido sale como no_levantado; una que ya
--   se había dejado de levantar no sale (su territorio lo dibujan las que la sustituyeron), ni la que todavía no se
--   publicaba aparte pero ya se encuestaba dentro de otra (las alcaldías en 2019T1, dentro de las regiones de la Ciudad de
--   México; Torreón hasta 2022T3, dentro de La Laguna). Si el libro está y no trae el área, no_publicado; si no está,
--   no_incorporado.

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

-- Ya la pinta el área que entonces cubría alguno de sus municipios.
cubierta as (
    select distinct nueva.lugar
    from vigente as nueva
    inner join area_municipios as suyo on suyo.lugar = nueva.lugar
    inner join area_municipios as ajeno on ajeno.municipio = suyo.municipio and ajeno.lugar <> nueva.lugar
    inner join vigente as otra on otra.lugar = ajeno.lugar and not otra.todavia_no
    where nueva.todavia_no
),

libro as (
    select count(*) > 0 as hay
    from estimacion_vigente
    where periodo = $periodo
),

cifra as (
    select *
    from estimacion_con_error
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
    $periodo::varchar as periodo,
    $indicador::varchar as indicador,
    c.* exclude (lugar, valor_pct, precision, ic_inf, ic_sup, estado, periodo, indicador)
from vigente as v
cross join libro
left join cifra as c using (lugar)
where v.lugar not in (select lugar from cubierta)
-- Torreón (MX-05035) es parte de La Laguna: se pinta después para que quede encima.
order by v.lugar not like 'MX-CD%', v.lugar
