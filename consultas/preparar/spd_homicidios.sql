-- devuelve: las víctimas de homicidio de cada comuna y año; columnas de contratos.CONTEO
-- grano: una fila por comuna del catálogo y año del archivo
-- parametros: ninguno
-- metodo: el archivo omite las comunas sin víctimas y casó los nombres con su código. Una comuna que sale algún año casó:
--   los años consolidados en que no sale son cero. Un año sin consolidar puede sumar víctimas: su ausencia no es cero. De
--   una comuna que nunca sale no se sabe si no tuvo víctimas o si su nombre no casó: queda sin dato. No se suman
--   regiones ni país: faltarían las víctimas sin comuna identificada, y el archivo no trae un total con qué comprobarlo

with

comuna as (
    select lugar, lugar in (select lugar from celdas) as sale_algun_anio
    from lugares_cl
    where tipo = 'municipio'
),

cuenta as (
    select
        c.lugar,
        a.periodo,
        coalesce(x.casos, if(c.sale_algun_anio and a.consolidado, 0, null))::bigint as casos,
        case
            when x.casos is not null then c.lugar || ' › ' || a.periodo
            when not c.sale_algun_anio then 'la comuna no está en el archivo'
            when not a.consolidado then 'sin registro en un año sin consolidar'
            else 'sin registro ese año: ninguna víctima'
        end as celda
    from comuna as c
    cross join anios as a
    left join celdas as x on x.lugar = c.lugar and x.periodo = a.periodo
)

select
    'spd' as fuente,
    c.periodo,
    c.lugar,
    'victimas_homicidio' as indicador,
    'total' as desglose,
    c.casos,
    null::double as tasa_publicada_100k,
    12::bigint as meses,
    if(c.casos is null, 'no_disponible', 'dato') as estado,
    'publicada' as metodo,
    p.edicion,
    p.archivo,
    c.celda
from cuenta as c
cross join portada as p
order by c.lugar, c.periodo
