-- devuelve: las carpetas de un subtipo por municipio y mes, con los ceros que se sostienen, en el esquema de conteo
-- grano: una fila por mes, lugar, indicador y desglose
-- parametros: ninguno
-- metodo: el archivo omite los ceros. Lo que no trae es cero si (a) sus municipios suman, en esa entidad y mes, lo que dice
--   el archivo estatal: todos los meses del cotejo (datos/catalogo/cotejo_municipal.csv) menos las celdas de
--   discrepancias_municipales.csv, y sólo si este archivo es el que se cotejó, lo que dice su total; o (b) después del
--   cotejo, la entidad trae alguna carpeta de este subtipo en ese mes. Un municipio no tiene ceros antes de existir
--   (municipios_nuevos.csv) ni donde su entidad no registra (sin_registro.csv). Los «no identificado» sólo tienen fila
--   si traen carpetas. Las modalidades, sólo de los municipios con alguna carpeta del subtipo: de los demás lo dice el
--   total. docs/fuentes/sesnsp.md
with

delito as (
    select d.indicador, p.*
    from portada as p
    inner join delitos as d on d.fuente = 'sesnsp' and d.instrumento = 'cnsp_38_15' and d.delito = p.subtipo
),

-- El total y, si el subtipo tiene más de una, sus modalidades.
desglosada as (
    select 'total' as desglose, subtipo as celda, null as modalidad from delito
    union all
    select m.desglose, m.delito || ' › ' || m.modalidad, m.modalidad
    from modalidades as m
    inner join delito as d on d.subtipo = m.delito
    where m.fuente = 'sesnsp' and m.instrumento = 'cnsp_38_15'
),

contada as (
    select
        c.periodo,
        c.lugar,
        g.desglose,
        sum(c.casos)::bigint as casos,
        string_agg(distinct c.nombre, '; ' order by c.nombre) as nombres
    from celdas as c
    inner join desglosada as g on g.modalidad is null or g.modalidad = c.modalidad
    group by all
),

-- El cotejo de este archivo: ninguna fila si nadie cotejó este subtipo o si lo cotejado fue otro corte.
cotejo as (
    select k.indicador, k.desde, k.hasta
    from cotejo_municipal as k
    inner join delito as d on d.indicador = k.indicador
    where k.carpetas::bigint = (select sum(c.casos) from celdas as c where c.periodo <= k.hasta)
),

mes_cotejado as (
    select indicador, strftime(dia, '%Y-%m') as periodo
    from (
        select
            indicador,
            unnest(generate_series((desde || '-01')::date, (hasta || '-01')::date, interval 1 month)) as dia
        from cotejo
    )
),

-- Una fila por entidad y mes con los ceros probados.
cotejada as (
    select e.lugar as entidad, m.periodo
    from lugares as e
    cross join mes_cotejado as m
    anti join discrepancias_municipales as x
        on x.entidad = e.lugar and x.indicador = m.indicador and x.periodo = m.periodo
    where e.tipo = 'entidad' and starts_with(e.lugar, 'MX-')
    union
    select distinct left(c.lugar, 5), c.periodo
    from celdas as c
    inner join cotejo as k on c.periodo > k.hasta
),

cero as (
    select p.periodo, m.lugar, g.desglose, 0::bigint as casos, null as nombres
    from cotejada as p
    inner join municipios as m on m.entidad = p.entidad
    cross join desglosada as g
    left join municipios_nuevos as n on n.lugar = m.lugar
    anti join contada as c on c.periodo = p.periodo and c.lugar = m.lugar and c.desglose = g.desglose
    where (n.lugar is null or p.periodo >= n.desde)
        and (g.modalidad is null or m.lugar in (select lugar from celdas))
),

completa as (
    from contada
    union all by name
    from cero
)

select
    'sesnsp' as fuente,
    f.periodo,
    f.lugar,
    d.indicador,
    f.desglose,
    case when s.indicador is null or f.casos > 0 then f.casos end as casos,
    null::double as tasa_publicada_100k,
    1::bigint as meses,
    case when s.indicador is not null and f.casos = 0 then 'no_registrado' else 'dato' end as estado,
    'publicada' as metodo,
    d.edicion,
    d.archivo,
    g.celda || coalesce(' (' || f.nombres || ')', '') as celda
from completa as f
inner join desglosada as g using (desglose)
cross join delito as d
left join sin_registro as s
    on s.fuente = 'sesnsp'
    and s.entidad = left(f.lugar, 5)
    and s.indicador = d.indicador
    and f.periodo between s.desde and coalesce(s.hasta, f.periodo)
