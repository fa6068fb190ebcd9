-- devuelve: qué dijo cada edición de los conteos que más de una edición trae, y cuál se muestra
-- grano: una fila por indicador, lugar, periodo, edición y archivo
-- parametros: indicadores (lista de texto), lugares (lista de texto), periodos (lista de texto)
-- metodo: del total (sin desglose), todas las ediciones de la tabla conteo. Un año que un archivo da por meses es la suma de
--   los suyos, y «meses» dice cuántos son. Sólo salen los periodos que traen dos o más archivos; «vigente» es el que elige
--   preparar/conteo_vigente. Donde la fuente publica la tasa y no los casos, va la tasa

with

dicha as (
    select fuente, periodo, lugar, indicador, edicion, archivo, casos, tasa_publicada_100k, meses, estado
    from conteo
    where list_contains($indicadores::varchar[], indicador)
        and list_contains($lugares::varchar[], lugar)
        and list_contains(list_transform($periodos::varchar[], lambda p: left(p, 4)), left(periodo, 4))
        and desglose = 'total'
),

anio_sumado as (
    select
        fuente,
        left(periodo, 4) as periodo,
        lugar,
        indicador,
        edicion,
        archivo,
        sum(casos)::bigint as casos,
        null::double as tasa_publicada_100k,
        count(casos) as meses,
        case when count(casos) > 0 then 'dato' else max(estado) end as estado
    from dicha
    where len(periodo) = 7
    group by all
),

version as (
    from dicha
    union all by name
    from anio_sumado
),

disputada as (
    from version
    where list_contains($periodos::varchar[], periodo)
    qualify count(*) over (partition by indicador, lugar, periodo) > 1
)

select
    d.*,
    coalesce(v.edicion = d.edicion and list_contains(string_split(v.archivo, '; '), d.archivo), false) as vigente
from disputada as d
left join conteo_vigente as v
    on v.indicador = d.indicador
    and v.lugar = d.lugar
    and v.periodo = d.periodo
    and v.desglose = 'total'
order by
    list_position($indicadores::varchar[], d.indicador),
    list_position($lugares::varchar[], d.lugar),
    d.periodo desc,
    d.edicion desc,
    d.archivo
