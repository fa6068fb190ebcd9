-- devuelve: los casos policiales de cada comuna, delito y mes, con los de su región y el país sumados; columnas de
--   contratos.CONTEO
-- grano: una fila por mes, lugar y delito
-- parametros: ninguno
-- metodo: los de una región y los del país son la suma exacta de sus comunas (la celda lo dice): el lector exige que estén
--   todas las del archivo, que no trae la Antártica. Entre delitos no se suma nada: los grupos se enciman. Un delito que
--   empieza con doce meses o más sin un solo caso en todo el país no se registraba todavía: esos meses son
--   «no_registrado», no cero. Lo que el archivo trae mal y se sabe cuánto es va en erratas_registros.csv

with

-- El motor carga el catálogo con las celdas vacías como nulas.
errata as (
    select periodo, lugar, delito, dice::bigint as dice_casos, se_lee::bigint as se_lee
    from erratas_registros
    where instrumento = 'cead_mensual'
),

nombre as (
    select delito, indicador from delitos where instrumento = 'cead_mensual'
),

comunal as (
    select
        c.periodo,
        c.lugar,
        c.delito,
        coalesce(e.se_lee, c.casos) as casos,
        c.lugar || ' › ' || c.delito || case
            when e.se_lee is not null then '; dice ' || c.casos || ', errata'
            when c.dice is not null then '; dice ' || c.dice || ', separador de millares'
            else ''
        end as celda
    from celdas as c
    left join errata as e
        on e.periodo = c.periodo and e.lugar = c.lugar and e.delito = c.delito and e.dice_casos = c.casos
),

-- Cada comuna cuenta en su región (CL-13, de CL-13122) y en el país.
sumado as (
    select periodo, mayor as lugar, delito, sum(casos)::bigint as casos, 'suma de ' || count(*) || ' comunas › ' || delito as celda
    from comunal, unnest([left(lugar, 5), 'CL']) as contenedor(mayor)
    group by periodo, mayor, delito
),

primer_registro as (
    select delito, min(periodo) filter (casos > 0) as desde, min(periodo) as inicio
    from sumado
    where lugar = 'CL'
    group by delito
),

sin_registro as (
    select delito, desde
    from primer_registro
    where 12 * (left(desde, 4)::integer - left(inicio, 4)::integer)
        + right(desde, 2)::integer - right(inicio, 2)::integer >= 12
),

todo as (
    from comunal
    union all by name
    from sumado
)

select
    'cead' as fuente,
    t.periodo,
    t.lugar,
    n.indicador,
    'total' as desglose,
    if(s.desde is null, t.casos, null) as casos,
    null::double as tasa_publicada_100k,
    1::bigint as meses,
    if(s.desde is null, 'dato', 'no_registrado') as estado,
    'publicada' as metodo,
    p.edicion,
    p.archivo,
    t.celda
from todo as t
inner join nombre as n using (delito)
left join sin_registro as s on s.delito = t.delito and t.periodo < s.desde
cross join portada as p
order by n.indicador, t.lugar, t.periodo
