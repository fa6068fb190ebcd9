-- devuelve: la misma cifra publicada con valores o estados distintos en dos cuadros de la misma edición
-- grano: una fila por fuente, edición, periodo, lugar, indicador, desglose y método en que los cuadros no coinciden
-- parametros: ninguno
-- metodo: se comparan a la millonésima de punto (misma cifra, leída de otra celda). Entre ediciones sí puede haber
--   diferencias: INEGI revisa; esas las resuelve estimacion_vigente

select
    fuente,
    edicion,
    periodo,
    lugar,
    indicador,
    desglose,
    metodo,
    list(distinct cuadro || ' ' || celda || ': ' || coalesce(valor_pct::varchar, estado)) as dicho
from estimacion
group by fuente, edicion, periodo, lugar, indicador, desglose, metodo
having max(valor_pct) - min(valor_pct) > 1e-6 or count(distinct estado) > 1
order by all
