-- devuelve: la misma cifra publicada con valores distintos en dos cuadros de la misma edición, o con cifra y con NA
-- grano: una fila por fuente, edición, periodo, lugar, indicador, desglose y método en que los cuadros no coinciden
-- parametros: ninguno
-- metodo: se comparan a la millonésima de punto. Se admite que un cuadro la redondee justo a un decimal (7.7 de 2019T4) y
--   que uno la dé y otro la reserve (ND). Entre ediciones sí puede haber diferencias: INEGI revisa, y lo resuelve
--   estimacion_vigente

with

cifra as (
    select
        *,
        -- La más precisa de las que hay: la que no es un número redondo a un decimal; si todas lo son, cualquiera.
        first_value(valor_pct) over (
            partition by fuente, edicion, periodo, lugar, indicador, desglose, metodo
            order by (valor_pct is null), (valor_pct = round(valor_pct, 1)), cuadro
        ) as exacta_pct
    from estimacion
    where estado in ('dato', 'no_aplica')
)

select
    fuente,
    edicion,
    periodo,
    lugar,
    indicador,
    desglose,
    metodo,
    list(cuadro || ' ' || celda || ': ' || coalesce(valor_pct::varchar, estado) order by cuadro) as dicho
from cifra
group by fuente, edicion, periodo, lugar, indicador, desglose, metodo
having bool_or(abs(valor_pct - exacta_pct) > 1e-6 and valor_pct <> round(exacta_pct, 1)) or count(distinct estado) > 1
order by all
