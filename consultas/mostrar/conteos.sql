-- devuelve: los casos de cada indicador, lugar, periodo y desglose pedidos con su población, o por qué no los hay
-- grano: una fila por indicador, lugar, periodo y desglose pedidos
-- parametros: indicadores (lista de texto), lugares (lista de texto), periodos (lista de texto), desgloses (lista de texto), denominador (texto)
-- metodo: casos vigentes. La población es la del año, de la proyección o el censo que pide «denominador» y, si su país no lo
--   tiene, de su proyección; la de un sexo, si se cuentan personas de ese sexo. Sin cifra, el estado dice por qué: no_aplica, la
--   fuente no cubre ese país; aun_no_publicado, es posterior a lo último que la fuente ha publicado de ese tipo de lugar;
--   no_incorporado, el acervo no trae ningún archivo que dé ese indicador a ese tipo de lugar en ese periodo;
--   no_publicado, el archivo está y no da ese lugar. Ninguno es cero. La tasa y su intervalo los pone
--   atalaya/estadistica/tasas.py

with

pedida as (
    select
        i.indicador,
        l.lugar,
        p.periodo,
        d.desglose,
        left(l.lugar, 2) as pais,
        len(l.lugar) as largo,  -- país, entidad o municipio: la clave lo dice
        ficha.fuente,
        -- Los policías de un sexo no son para la población de ese sexo; las víctimas, sí.
        case
            when starts_with(d.desglose, 'sexo:') and ficha.unidad <> 'policías' then d.desglose[6:]
            else 'total'
        end as sexo_de_la_poblacion
    from (select unnest($indicadores::varchar[]) as indicador) as i
    cross join (select unnest($lugares::varchar[]) as lugar) as l
    cross join (select unnest($periodos::varchar[]) as periodo) as p
    cross join (select unnest($desgloses::varchar[]) as desglose) as d
    left join indicadores as ficha on ficha.indicador = i.indicador
),

cifra as (
    select *
    from conteo_vigente
    where list_contains($indicadores::varchar[], indicador)
        and list_contains($lugares::varchar[], lugar)
        and list_contains($periodos::varchar[], periodo)
        and list_contains($desgloses::varchar[], desglose)
),

-- Lo que el acervo trae de cada indicador en cualquier lugar: para saber por qué falta lo que falta.
cubierto as (
    select indicador, left(lugar, 2) as pais, len(lugar) as largo, periodo
    from conteo_vigente
    where list_contains($indicadores::varchar[], indicador)
    group by all
),

ultimo as (
    select indicador, pais, largo, len(periodo) as tipo_periodo, max(periodo) as periodo
    from cubierto
    group by all
),

denominada as (
    select
        p.*,
        coalesce(
            any_value(y.proyeccion) filter (y.denominador = $denominador),
            any_value(y.proyeccion) filter (y.denominador = 'proyeccion')
        ) as proyeccion
    from pedida as p
    left join proyecciones as y on y.pais = p.pais
    group by all
),

hueco as (
    select p.indicador, p.lugar, p.periodo, string_agg(distinct r.descripcion, ' ') as descripcion
    from pedida as p
    inner join rupturas as r
        on r.tipo = 'hueco'
        and r.fuente = p.fuente
        and r.periodo = p.periodo
        and coalesce(r.lugar, p.lugar) = p.lugar
        and coalesce(r.indicador, p.indicador) = p.indicador
    group by all
)

select
    d.fuente,
    d.periodo,
    d.lugar,
    d.indicador,
    d.desglose,
    c.casos,
    coalesce(c.meses, case when len(d.periodo) = 7 then 1 end) as meses,
    b.personas as poblacion,
    d.proyeccion,
    case
        when c.estado is not null then c.estado
        when not exists (select 1 from cubierto as t where (t.indicador, t.pais) = (d.indicador, d.pais)) then 'no_aplica'
        when d.periodo > u.periodo then 'aun_no_publicado'
        when t.periodo is null then 'no_incorporado'
        else 'no_publicado'
    end as estado,
    c.metodo,
    c.edicion,
    c.archivo,
    c.celda,
    h.descripcion as nota
from denominada as d
left join cifra as c
    on (c.indicador, c.lugar, c.periodo, c.desglose) = (d.indicador, d.lugar, d.periodo, d.desglose)
left join cubierto as t
    on (t.indicador, t.pais, t.largo, t.periodo) = (d.indicador, d.pais, d.largo, d.periodo)
left join ultimo as u
    on (u.indicador, u.pais, u.largo, u.tipo_periodo) = (d.indicador, d.pais, d.largo, len(d.periodo))
left join poblacion_vigente as b
    on b.proyeccion = d.proyeccion
    and b.lugar = d.lugar
    and b.anio = left(d.periodo, 4)::bigint
    and b.edad = 'total'
    and b.sexo = d.sexo_de_la_poblacion
left join hueco as h on (h.indicador, h.lugar, h.periodo) = (d.indicador, d.lugar, d.periodo)
order by
    list_position($indicadores::varchar[], d.indicador),
    list_position($lugares::varchar[], d.lugar),
    list_position($periodos::varchar[], d.periodo),
    list_position($desgloses::varchar[], d.desglose)
