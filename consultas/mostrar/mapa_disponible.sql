-- devuelve: qué indicadores y periodos se pueden poner en el mapa, por nivel, con los extremos de sus cifras
-- grano: una fila por nivel del mapa, indicador y periodo con alguna cifra
-- parametros: ninguno
-- metodo: cifras y conteos vigentes del total (sin desglose). El nivel sale del tipo de lugar: área urbana de la ENSU, o,
--   por el largo de su clave, entidad o municipio de México y región o comuna de Chile. Los conteos no tienen extremos:
--   de ellos se pintan tasas (mapa_cortes.sql).

with

cifra as (
    select
        case
            when l.tipo = 'area_urbana' then 'areas'
            when len(c.lugar) = 8 then if(left(c.lugar, 2) = 'MX', 'municipios', 'comunas')
            when len(c.lugar) = 5 then if(left(c.lugar, 2) = 'MX', 'entidades', 'regiones')
        end as nivel,
        c.indicador,
        c.periodo,
        c.valor_pct
    from estimacion_vigente as c
    left join lugares as l using (lugar)
    where c.desglose = 'total' and c.estado = 'dato'
),

cuenta as (
    select
        case
            when len(lugar) = 8 then if(left(lugar, 2) = 'MX', 'municipios', 'comunas')
            when len(lugar) = 5 then if(left(lugar, 2) = 'MX', 'entidades', 'regiones')
        end as nivel,
        indicador,
        periodo,
        null::double as valor_pct
    from conteo_vigente
    where desglose = 'total' and estado = 'dato'
)

select nivel, indicador, periodo, min(valor_pct) as minimo, max(valor_pct) as maximo
from (from cifra union all from cuenta)
where nivel is not null
group by nivel, indicador, periodo
order by nivel, indicador, periodo
