-- devuelve: cada indicador municipal, con su parte por ciento o su tasa por mil habitantes
-- grano: una fila por lugar, periodo, indicador y fuente
-- parametros: ninguno
-- metodo: parte_pct, numerador entre denominador. Por mil, el valor entre la población total de la proyección oficial del
--   lugar en el año del periodo; sin periodo no se sabe entre quiénes, y lo que no se cuenta (superficies, tiempos, dinero,
--   porcentajes) no lleva tasa. Sin cifra, los dos son nulos. mejor: 1 en la fila más reciente de cada lugar e indicador.

with

habitante as (
    select v.lugar, v.anio, v.personas, y.nombre as proyeccion
    from poblacion_vigente as v
    inner join proyecciones as y using (proyeccion)
    where y.denominador = 'proyeccion' and v.sexo = 'total' and v.edad = 'total'
),

con_base as (
    select i.*, try_cast(left(i.periodo, 4) as integer) as anio,
        not regexp_matches(lower(i.unidad), '(km|m2|hect|minuto|segundo|hora|d[ií]a|%|ciento|tasa|peso|d[oó]lar)') as se_cuenta
    from indicadores_municipales as i
)

select c.lugar, c.periodo, c.indicador, c.nombre as nombre_indicador, c.estado, c.valor, c.numerador, c.denominador, c.unidad,
    c.alcance, c.metodo, c.fuente, c.direccion, c.nota, c.anio, c.se_cuenta, h.personas as poblacion, h.proyeccion,
    case when c.estado = 'dato' then 100 * c.numerador / nullif(c.denominador, 0) end as parte_pct,
    case when c.estado = 'dato' and c.se_cuenta then 1000 * c.valor / nullif(h.personas, 0) end as por_mil,
    row_number() over (partition by c.lugar, c.indicador order by c.periodo desc nulls last, c.fuente) as mejor
from con_base as c
left join habitante as h on h.lugar = c.lugar and h.anio = c.anio
order by c.indicador, c.lugar, c.periodo desc nulls last, c.fuente
